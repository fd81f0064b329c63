/** Words for a password, and what stands between one and the password itself. */
export const PASSWORD = /(?<![\p{Script=Latin}\p{Script=Cyrillic}])(pass(?:word|code|wort|phrase)s?|passwd|pwd|kennwort|contraseñas?|clave|senhas?|palavra[- ]passe|mots? de passe|mdp|парол[ьяею]м?|كلمة (?:السر|المرور)(?: الخاصة بي)?|الباسورد|باسورد|密码|密碼|口令)((?:\s+(?!(?:is|ist|es|é|est|это|هي|هو)(?![\p{L}\p{N}]))\p{L}{1,12}){0,2}\s*(?:is now|is|was|ist jetzt|ist|lautet|war|es|era|é|est|était|это|был|هي|هو|كانت|是|为|為)?\s*[:：=]?\s*)(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{N}])(["'“”„«»‘’]?)([^\s"“”„«»，。,;；]{4,64})/giu;

/** Words that follow "my password is" without being one: what is wrong with it. */
export const NO_PASSWORD = /^(?:not|no|wrong|incorrect|invalid|expired|lost|gone|forgotten|rejected|refused|always|still|never|being|correct|right|too|compromised|stolen|leaked|hacked|unknown|required|field|reset|falsch|nicht|ungültig|abgelaufen|vergessen|richtig|weg|immer|zurücksetzen|incorrecta|inválida|caducada|olvidada|correcta|incorreta|expirada|esquecida|incorrect|invalide|expiré|oublié|refusé|correct|toujours|неверн\p{L}*|неправильн\p{L}*|не|забыт\p{L}*|правильн\p{L}*|истёк|истек|خاطئة|خطأ|غير|صحيحة|منتهية|错的|错误|不对|不正确|忘了|忘记|什么|对的)[.!?]*$/iu;

/** The code of a card, told: its digits are the second part. */
export const CARD_CODE = /((?:cvv2?|cvc2?|security code|安全码|验证码|código de (?:seguridad|segurança)|code de sécurité|cryptogramme|sicherheitscode|prüfnummer|prüfziffer|код безопасности|رمز (?:الأمان|التحقق))[^0-9０-９]{0,12})[0-9０-９]{3,4}(?![0-9０-９])/giu;

/** "Is", right before a password. */
export const IS_BEFORE = /(?:(?<![\p{L}\p{N}])(?:is|was|ist|lautet|war|es|era|est|était)|é|это|был|هي|هو|كانت|是|为|為)\s*[:：=]?\s*$/u;

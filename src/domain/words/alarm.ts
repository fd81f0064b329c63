/** What a message tells that a person should see at once: somebody may be hurt, a court or lawyer, the bank taking the money back. */
export type Alarm = 'safety' | 'law' | 'dispute';

/** Told of a carrier's van or depot, a fire is not of the goods. */
const elsewhere = /\b(?:lorry|truck|van|depot|warehouse)\b|货车|卡车|仓库|快递车|cami[oó]n|furgoneta|almac[eé]n|caminh[aã]o|armaz[eé]m|dep[oó]sito|camion|entrep[oô]t|lastwagen|lkw|lager(?:haus|halle)?\b|halle\b|грузовик|фур[аеу]|склад|شاحنة|مستودع/iu;

const safety: readonly RegExp[] = [
  /\b(?:caught|catches|catching|was on|is on|set (?:my|the) \w+ on) fire\b|\bburst into flames\b|\b(?:battery|charger|phone|lamp) (?:has |just )?(?:exploded|blew up)\b|\belectric(?:al)? shock\b|\bgot (?:a shock|electrocuted)\b|\b(?:burn(?:ed|t)|cut|injured|hurt) (?:my|his|her|our) (?:\w+ )?(?:hand|finger|arm|face|skin|son|daughter|child|baby|leg|foot|eye)s?\b|\b(?:son|daughter|child|baby|kid) (?:was|got|is) (?:hurt|injured|burned|burnt|choking)\b|\ballergic (?:shock|reaction)\b|\banaphyla/iu,
  /着火|起火|冒火|爆炸|触电|漏电|烫伤|烧伤|割伤|受伤|过敏反应|窒息/u,
  /\b(?:se incendi[oó]|se prendi[oó] fuego|en llamas|explot[oó]|me dio (?:un )?calambre|descarga el[eé]ctrica|me (?:quem[eé]|cort[eé])|se (?:quem[oó]|cort[oó]|hizo daño)|reacci[oó]n al[eé]rgica|result[oó] herid)/iu,
  /\b(?:pegou fogo|incendiou|explodiu|levei (?:um )?choque|choque el[eé]trico|me (?:queimei|cortei|machuquei)|se (?:queimou|cortou|machucou)|rea[cç][aã]o al[eé]rgica)/iu,
  /(?<![\p{L}\p{N}])(?:a pris feu|en flammes|a explos[eé]|d[eé]charge [eé]lectrique|[eé]lectrocut|(?:me suis|s['’]est) (?:br[uû]l[eé]|coup[eé]|bless[eé])|r[eé]action allergique)/iu,
  /(?:feuer gefangen|in brand geraten|angefangen zu brennen|explodiert|stromschlag|einen schlag bekommen|(?:mich|sich|kind|tochter|sohn)[^.!?]{0,25}(?:verbrannt|verletzt|geschnitten)|allergische reaktion)/iu,
  /загорел(?:ся|ась|ось|ись)|вспыхнул|взорвал(?:ся|ась|ось)|удар(?:ило)? током|получил[аи]? (?:ожог|травм)|обж[её]г(?:ся|лась)|обожгл(?:ся|ась)|порезал(?:ся|ась)|аллергическ\p{L}+ реакци/iu,
  /اشتعل|احترق(?:ت)?\s|انفجر|صدمة كهربائية|صعقة|أصيب|إصابة|حروق|جُ?رح(?:ت|نا)?\s|حساسية شديدة/u,
];

const law: readonly RegExp[] = [
  /\b(?:my|a|our) (?:lawyer|attorney|solicitor)\b|\btake (?:you|this) to court\b|\bsee you in court\b|\bsue (?:you|your)\b|\blegal action\b|\bpress charges\b|\bfile a police report\b|\breport (?:you|this) to the police\b/iu,
  /起诉(?:你|贵|商家|平台)|告(?:你们|上法庭)|法院见|走法律(?:程序|途径)|发律师函|我的律师|报警/u,
  /\b(?:mi abogad[oa]|acciones? legal(?:es)?|v[ií]a judicial|los (?:voy a )?demandar|les? demandar[eé]|demandarl[oe]s|denuncia(?:r|r[eé])[^.!?]{0,20}polic[ií]a|nos vemos en (?:el juzgado|los tribunales))/iu,
  /\b(?:(?:meu|minha) advogad[oa]|a[cç][aã]o judicial|medidas judiciais|vou process[aá]|processar voc[eê]s|boletim de ocorr[eê]ncia|na justi[cç]a)(?![\p{L}\p{N}])/iu,
  /\b(?:mon avocate?|action en justice|poursuites? (?:judiciaires?|en justice)|vous poursuivre|porter plainte|d[eé]poser plainte|au tribunal|saisir la justice)\b/iu,
  /\b(?:mein(?:en|em|e|er)? (?:anwalt|anw[aä]ltin|rechtsanwalt)|rechtliche schritte|vor gericht|verklage(?:n)?|strafanzeige|anzeige (?:erstatten|bei der polizei))\b/iu,
  /мо(?:й|его|ему|им) (?:адвокат|юрист)|подам? (?:на вас )?в суд|пода(?:ть|ю|м) (?:на вас )?(?:иск|в суд)|в суд(?:е|ом)? (?:встретимся|подам)|заявление в полицию/iu,
  /محاميّ?\s*(?:الخاص|سيتواصل|سوف)|سأقاضي|أقاضيكم|(?:أ|س)?رفع (?:دعوى|قضية) (?:عليكم|ضدكم)|إجراءات قانونية|بلاغ (?:للشرطة|لدى الشرطة)|إلى المحكمة/u,
];

const dispute: readonly RegExp[] = [
  /\b(?:opened|filed|open(?:ing)?|fil(?:e|ing)|start(?:ed|ing)?|going to (?:do|open|file)) (?:a |an )?(?:chargeback|paypal (?:case|claim|dispute))\b|\bcharge ?back (?:with|at|through) my (?:bank|card)\b|\bdisput(?:e|ed|ing) the (?:charge|payment) with my (?:bank|card)\b/iu,
  /(?:申请|发起|办理|要求)(?:了)?(?:信用卡)?(?:拒付|退单)|向银行(?:申请)?(?:拒付|争议)|PayPal ?(?:争议|纠纷|索赔)/iu,
  /\b(?:contracargo|devoluci[oó]n del cargo|disputar? el (?:cargo|pago) (?:con|en|ante) mi banco|(?:abrir|abierto|abr[ií]) (?:un |una )?(?:caso|disputa|reclamaci[oó]n) en paypal)/iu,
  /\b(?:chargeback|estorno (?:pelo|com o|no) (?:meu )?(?:banco|cart[aã]o)|contestar a compra|contest(?:ei|ar) (?:a cobran[cç]a|no cart[aã]o)|disputa no paypal)\b/iu,
  /\b(?:r[eé]trofacturation|chargeback|contester le (?:paiement|d[eé]bit) (?:aupr[eè]s de|avec) ma banque|litige (?:paypal|sur paypal)|opposition (?:au|sur le) paiement)\b/iu,
  /\b(?:r[uü]ckbuchung|r[uü]cklastschrift|chargeback|zahlung (?:bei meiner bank )?zur[uü]ckbuchen|zur[uü]ckbuchen lassen|paypal-?(?:fall|k[aä]uferschutz)[^.!?]{0,30}(?:er[oö]ffne|beantrag))/iu,
  /чардж?бэк|оспор(?:ить|ю|ил[аи]?) (?:плат[её]ж|списание|операцию)|спор (?:в|через) paypal|возврат платежа через банк/iu,
  /استرداد المبلغ عبر البنك|اعتراض (?:لدى|عند|مع) البنك|(?:نزاع|اعتراض) (?:في|على|عبر) باي ?بال|تشارج ?باك/iu,
];

const any = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

/** A pasted letter is not searched to its end. */
const LONGEST = 2000;

/** What of it a message tells, the gravest first; undefined for every other message. Pure. */
export function alarmIn(text: string): Alarm | undefined {
  const told = text.slice(0, LONGEST);
  if (any(safety, told) && !elsewhere.test(told)) return 'safety';
  if (any(law, told)) return 'law';
  return any(dispute, told) ? 'dispute' : undefined;
}

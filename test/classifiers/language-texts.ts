/** What customers write, by language: single words, about three words, whole messages. None of them is learned from. */
export const LANGUAGE_TEXTS: Readonly<Record<string, { readonly words: readonly string[]; readonly phrases: readonly string[]; readonly messages: readonly string[] }>> = {
  en: {
    words: ['where', 'refund', 'shipping', 'broken', 'yesterday', 'thanks', 'anything', 'wrong', 'mailbox', 'cancelled', 'when', 'receipt', 'shoes', 'delivery', 'unhappy', 'someone', 'tomorrow', 'missing', 'account', 'still'],
    phrases: [
      'still no news', 'wrong size again', 'any update yet', 'cant log in', 'box was empty', 'my kettle leaks', 'two left shoes', 'need it friday', 'who signed it', 'do u ship abroad', 'talk to someone', 'how much longer', 'charged me twice',
      'its not mine', 'send another one', 'forgot my login', 'old street name', 'black not grey', 'give it back', 'whats the holdup',
    ],
    messages: [
      'the tent pegs were bent and one pole had snapped clean in half', 'hi there, my neighbour says nobody came round all day so why does it say attempted', 'Could somebody tell me how long it usually takes for the money to show up again?',
      'i moved flat last week pls dont send it to the old place', 'honestly this is the third time im writing about the same blender', 'Is the rug softer than it looks in the pictures?', 'cheers, that worked. one more thing though, can i pay half now and half later',
      'ordered it for her birthday and it turned up the day after', 'The driver left it out in the rain and the whole thing is soaked.', 'do these run small? i usually wear a ten', 'your website keeps throwing me out when i try to check out',
      'I sent the boots back a fortnight ago and have heard nothing since', 'someone used my card on your shop and it was not me', 'would you be able to put the gift in a nicer box', 'why has the price gone up since i put it in my basket', 'no idea what the tracking page is trying to tell me',
      'can you take the charger off and leave the rest as it is', 'My daughter is allergic to wool, does the lining have any in it?', 'it only came with one glove lol', 'just want to speak with an actual human being please',
    ],
  },
  zh: {
    words: ['退款', '快递', '发票', '客服', '什么时候', '坏了', '尺码', '你好', '物流', '地址', '谢谢', '优惠券', '密码', '换货', '投诉', '包裹', '怎么办', '拖鞋', '补发', '没收到'],
    phrases: [
      '还没发货吗', '少了一只', '颜色发错了', '钱退哪了', '登不上去', '几号能到', '码数偏小', '麻烦快点', '换个大号', '包装烂了', '找真人客服', '扣了两次钱', '券用不了', '不想要了', '漏水怎么办', '能开发票吗', '改下电话', '单号多少', '亲在吗', '有黑色吗',
    ],
    messages: [
      '昨天到的锅，一开火就冒黑烟，吓死我了', '快递说放门口了，我在家一整天也没看见', '想问下这件大衣里面有没有口袋', '我妈把收货人写成她自己的名字了，要紧吗', '都一个星期了还停在广州不动，急用啊', '寄回去的鞋你们收到了没有，怎么没人理我',
      '刚买完就降价，太坑了吧', '麻烦帮我把里面的杯子去掉，其他照发', '手机号换了，验证码收不到，登录不了', '这个桌子自己装难不难呀', '老板你家的毛巾掉色掉得一塌糊涂', '能不能分三期付款', '快递小哥态度特别差，还骂人', '我要的是蓝色，结果来了个紫色的',
      '有没有运费险，退回去谁出钱', '礼物赶不上周六就不要了', '帮我查一下上个月买的台灯是哪一单', '不用了谢谢，已经找到了', '卖家让我加微信转账，靠谱吗', '新用户第一单有什么优惠没有',
    ],
  },
  es: {
    words: ['dónde', 'paquete', 'ayuda', 'devolución', 'cuándo', 'gracias', 'zapatos', 'roto', 'todavía', 'dirección', 'dinero', 'llegó', 'contraseña', 'hola', 'envíos', 'mañana', 'cuánto', 'colchón', 'reclamo', 'ninguno'],
    phrases: [
      'no llega nada', 'quiero otra talla', 'dónde está eso', 'sigo esperando aquí', 'me cobraron doble', 'cambiar la calle', 'vino sin cargador', 'no puedo entrar', 'cuánto cuesta enviarlo', 'está todo roto', 'y mi dinero', 'qué pasó ayer', 'falta una pieza', 'hablar con alguien',
      'ya lo pagué', 'para el viernes', 'tienen en rojo', 'se perdió seguro', 'no era ese', 'muchas gracias igualmente',
    ],
    messages: [
      'hola buenas, el repartidor dice que vino pero yo no me moví de casa', 'me llegó la tostadora con el cable pelado, es peligrosísimo', '¿Me podrían decir si la mesa viene armada o hay que montarla?', 'oigan ya van dos semanas y nadie me contesta', 'quiero que me manden otro porque este hace un ruido rarísimo',
      'mi hermana se mudó y el regalo va a la casa vieja, ¿se puede arreglar?', 'pues al final me quedo con la chaqueta, olvídense', 'Necesito que la boleta salga a nombre de mi empresa.', 'la app se cierra sola cuando le doy a pagar', 'compré dos y solamente me vino una, falta la otra', 'che, hasta cuándo puedo devolver las zapatillas',
      'el cupón de bienvenida no me lo agarra', 'No entiendo por qué bajó de precio justo al día siguiente', '¿hacen envíos a las islas o sólo a la península?', 'me escribieron por fuera pidiendo que pague con transferencia', 'con la tarjeta me sale error, pero el dinero ya lo descontaron', 'la olla está preciosa, mil gracias a todos',
      'quítenme del pedido las tazas, lo demás déjenlo igual', 'olvidé la clave y el correo para recuperarla nunca aparece', 'No sirve para nada hablar con una máquina, páseme a alguien',
    ],
  },
  pt: {
    words: ['encomenda', 'cadê', 'obrigado', 'não', 'rastreio', 'devolução', 'você', 'chegou', 'boleto', 'amanhã', 'tênis', 'endereço', 'dinheiro', 'senha', 'ainda', 'quebrado', 'olá', 'atendente', 'troca', 'parcelado'],
    phrases: [
      'cadê minha encomenda', 'não chegou ainda', 'veio tudo quebrado', 'quero meu dinheiro', 'tamanho muito pequeno', 'esqueci a senha', 'mudar o endereço', 'boa noite gente', 'tem na cor preta', 'faltou uma peça', 'o pix caiu', 'me cobraram duas vezes', 'falar com atendente',
      'quando vai chegar', 'não foi eu', 'tá muito demorado', 'vocês entregam lá', 'a caixa molhou', 'isso é golpe', 'ficou apertado demais',
    ],
    messages: [
      'oi, o entregador disse que não tinha ninguém mas eu fiquei em casa o dia inteiro', 'a panela veio amassada e sem a tampa, o que eu faço?', 'Gostaria de saber se o sofá já vem montado.', 'gente faz vinte dias que tá parado em Curitiba', 'comprei pro aniversário da minha mãe e não vai dar tempo', 'quero trocar a blusa por uma maior pode ser?',
      'até agora ninguém me respondeu, que falta de respeito', 'vocês conseguem mandar a nota no CNPJ da loja?', 'o aplicativo fecha sozinho toda vez que eu vou pagar', 'não reconheço essa compra no meu cartão', 'meu cupom de primeira compra não tá funcionando', 'Mudei de apartamento semana passada, ainda dá pra alterar a entrega?',
      'ontem tava mais barato, dá pra vocês devolverem a diferença?', 'tira só a caneca e deixa o resto, por favor', 'recebi um sms esquisito pedindo pra pagar uma taxa, é de vocês?', 'adorei a luminária, obrigada viu', 'qual a diferença entre a entrega normal e a rápida', 'devolvi o sapato há três semanas e nada do estorno',
      'não consigo entrar na minha conta nem pelo celular nem pelo computador', 'dá pra pagar metade no pix e metade no cartão?',
    ],
  },
  fr: {
    words: ['colis', 'où', 'bonjour', 'remboursement', 'livraison', 'merci', 'cassé', 'quand', 'chaussures', 'facture', 'manquant', 'aujourd’hui', 'échange', 'toujours', 'vendeur', 'facteur', 'rien', 'abîmé', 'trop', 'carton'],
    phrases: [
      'toujours rien reçu', 'il est où', 'je veux échanger', 'mon colis svp', 'pas la bonne couleur', 'ça marche pas', 'quand ça arrive', 'mot de passe oublié', 'il manque un pied', 'vous livrez demain', 'débité deux fois', 'parler à quelqu’un', 'trop grand pour moi',
      'changez l’adresse', 'c’est cassé', 'rendez mon argent', 'une autre taille', 'bonsoir tout le monde', 'le livreur est passé', 'jsuis trop deg',
    ],
    messages: [
      'le livreur a marqué absent alors que j’ai pas bougé de chez moi', 'Pourriez-vous me dire si la lampe est fournie avec une ampoule ?', 'bjr la cafetière fuit de partout depuis ce matin', 'ça fait trois semaines que j’attends et personne ne répond', 'j’ai reçu un seul gant sur les deux mdr', 'je me suis trompée de rue, vous pouvez corriger avant que ça parte ?',
      'le code de bienvenue ne marche pas sur les soldes', 'On m’a prélevé deux fois pour le même canapé.', 'c’était pour noël et c’est arrivé en janvier', 'finalement je garde la veste, laissez tomber', 'comment je fais pour payer en plusieurs fois', 'jai renvoyé les bottes y a quinze jours et toujours pas dargent', 'la couleur n’a rien à voir avec la photo du site',
      'enlevez les tasses de mon panier mais gardez les assiettes', 'votre appli plante dès que je clique sur payer', 'Est-ce que ce manteau taille grand ?', 'on me demande de payer des frais par sms, c’est bien vous ?', 'mon fils a commandé ça sans me le dire', 'je voudrais une facture au nom de mon entreprise', 'passez-moi un humain, j’en ai marre des robots',
    ],
  },
  de: {
    words: ['Paket', 'wo', 'Rechnung', 'kaputt', 'Lieferung', 'danke', 'wann', 'Schuhe', 'gestern', 'Umtausch', 'Geld', 'nichts', 'Größe', 'Passwort', 'falsch', 'Gutschein', 'endlich', 'Karton', 'bestellt', 'morgen'],
    phrases: [
      'wo bleibt das', 'immer noch nichts', 'falsche Farbe gekriegt', 'ist zu klein', 'wann kommts denn', 'komm nicht rein', 'Deckel fehlt leider', 'zweimal abgebucht worden', 'mit Mensch reden', 'neue Hausnummer bitte', 'Geld noch nicht da', 'passt mir ned', 'habts ihr blau',
      'alles zerbrochen hier', 'bis Freitag möglich', 'nehmt ihr Klarna', 'Code geht nicht', 'doch nicht bestellen', 'Nachbar hat nix', 'guten Abend zusammen',
    ],
    messages: [
      'der Bote hat angeblich geklingelt, ich saß aber den ganzen Tag daheim', 'Können Sie mir sagen, ob das Regal schon zusammengebaut geliefert wird?', 'die Pfanne wackelt und die Beschichtung geht jetzt schon ab', 'i hob des Packerl no immer ned kriegt', 'seit drei Wochen hör ich nix von euch', 'hab mich bei der Straße vertippt, kann man das noch ändern',
      'ist der Stoff eher dick oder dünn?', 'Für die Firma bräuchte ich einen Beleg mit ausgewiesener Steuer.', 'die App stürzt jedes Mal ab, wenn ich auf Bezahlen tippe', 'gestern gekauft und heute ists zehn Euro billiger', 'grüezi, liefert ihr auch in die Schweiz und was kostet das', 'es war nur ein Handschuh drin haha', 'Ich habe die Stiefel vor zwei Wochen zurückgeschickt und noch kein Geld gesehen.',
      'nehmt bitte die Tassen raus, der Rest soll bleiben', 'jemand hat mit meiner Karte eingekauft, das war ich nicht', 'angeblich soll ich per SMS noch Zoll nachzahlen, stimmt das', 'mein Mann wollte lieber die schwarzen, geht das noch', 'danke euch, hat alles wunderbar geklappt', 'wie lange kann ich mir das mit dem Zurückgeben überlegen', 'geben Sie mir bitte einen richtigen Menschen',
    ],
  },
  ru: {
    words: ['где', 'посылка', 'возврат', 'спасибо', 'размер', 'курьер', 'деньги', 'сломано', 'когда', 'здравствуйте', 'адрес', 'чек', 'кроссовки', 'пароль', 'скидка', 'вчера', 'ничего', 'обмен', 'опять', 'трек'],
    phrases: [
      'где моя посылка', 'не тот цвет', 'деньги не пришли', 'когда привезут диван', 'не могу войти', 'размер не подошел', 'нет одной детали', 'позовите человека уже', 'списали два раза', 'поменяйте адрес пж', 'всё разбито вдребезги', 'есть в черном', 'трек не бьется',
      'хочу вернуть', 'сколько ждать еще', 'курьер не приехал', 'промокод не робит', 'это вообще законно', 'добрый вечер всем', 'забыла пароль',
    ],
    messages: [
      'курьер написал, что никого не было, а я весь день сидел дома', 'Подскажите, диван приходит уже собранный?', 'чайник протек в первый же день', 'уже третью неделю жду и никто не отвечает', 'перепутала улицу, можно исправить пока не отправили', 'ткань плотная или просвечивает', 'купила вчера а сегодня дешевле на пятьсот рублей', 'приложение вылетает каждый раз когда жму оплатить',
      'прислали одну перчатку ахаха', 'отправила сапоги обратно две недели назад а денег все нет', 'Нужны закрывающие документы на организацию.', 'уберите кружки, остальное пусть едет', 'мне пришла смс с просьбой доплатить, это от вас?', 'кто-то купил с моей карты, это был не я', 'можно платить частями?', 'подарок нужен к субботе, успеете?', 'спасибо большое, всё дошло целое',
      'передумали брать ковер, отменяйте', 'дайте нормального живого сотрудника', 'а в Казахстан возите и сколько стоит',
    ],
  },
  ar: {
    words: ['وين', 'طلبي', 'شحنة', 'استرجاع', 'شكرا', 'مقاس', 'مكسور', 'فلوسي', 'متى', 'مرحبا', 'العنوان', 'فاتورة', 'المندوب', 'هدية', 'خصم', 'امبارح', 'ناقص', 'تبديل', 'فين', 'دابا'],
    phrases: [
      'وين طلبيتي الحين', 'لسه ما وصل', 'اللون مش ده', 'الفلوس مرجعتش', 'متى يوصل بالضبط', 'مو قادر أدخل', 'المقاس صغير علي', 'ناقص قطعة واحدة', 'أبغى أكلم موظف', 'خصموا مرتين', 'غيروا العنوان لو سمحتم', 'كل شي مكسور', 'عندكم أسود', 'الكود ما يشتغل', 'نسيت الرقم السري', 'بدي رجعه',
      'المندوب ما جاش', 'شحال كيدير التوصيل', 'مساء الخير جميعا', 'بغيت نبدلو',
    ],
    messages: [
      'المندوب كاتب إنه ما لقى أحد وأنا جالس بالبيت طول اليوم', 'هل تصل الطاولة مركّبة أم يجب تركيبها؟', 'الغلاية بتسرب مية من أول يوم', 'صارلي ثلاث أسابيع ناطر وما حدا عم يرد', 'غلطت في اسم الشارع ممكن تعدلوه قبل ما يطلع', 'القماش سميك ولا خفيف؟', 'شريتها أمس واليوم نزل سعرها', 'التطبيق بيقفل كل ما أجي أدفع', 'جاني قفاز واحد بس هههه', 'رجعت الجزمة من أسبوعين ولا شفت ريال',
      'أحتاج فاتورة ضريبية باسم المؤسسة', 'شيلوا الأكواب وخلوا الباقي', 'وصلتني رسالة تطلب مني أدفع رسوم، هل هي منكم؟', 'واحد شرى ببطاقتي وماشي أنا', 'ينفع أقسط المبلغ؟', 'الهدية لازم توصل قبل السبت', 'ألف شكر كل شي وصل سليم', 'بطلت آخذ السجادة كنسلوا', 'حولوني على إنسان حقيقي', 'كتوصلو لوجدة ولا لا وبشحال',
    ],
  },
};

/** Messages in languages nobody here speaks, by tag: from a word to a sentence. */
export const FOREIGN_TEXTS: Readonly<Record<string, readonly string[]>> = {
  it: ['Buongiorno, dov’è il mio pacco?', 'non ho ancora ricevuto niente', 'vorrei restituire le scarpe', 'il corriere non è mai passato da casa mia', 'quando arriva il mio ordine', 'grazie mille'],
  nl: ['waar is mijn pakket', 'ik heb nog niets ontvangen', 'de bezorger is niet langs geweest', 'Goedemiddag, kan ik mijn bestelling nog annuleren?', 'hoe lang duurt het voordat ik mijn geld terug krijg', 'dank je wel'],
  pl: ['gdzie jest moja paczka', 'Dzień dobry, chciałbym zwrócić buty', 'kurier nie przyjechał', 'kiedy dostanę zwrot pieniędzy', 'proszę o fakturę', 'dziękuję bardzo'],
  tr: ['kargom nerede', 'Merhaba, siparişimi iptal etmek istiyorum', 'ürün bozuk geldi', 'param ne zaman iade edilecek', 'kurye gelmedi', 'teşekkür ederim'],
  uk: ['де моя посилка', 'Добрий день, хочу повернути взуття', 'коли повернуть гроші', 'кур’єр не приїхав', 'дякую', 'чому я досі нічого не отримав'],
  cs: ['kde je můj balík', 'Dobrý den, chtěl bych vrátit boty', 'kurýr nepřijel', 'kdy dostanu zpátky peníze', 'děkuji'],
  ro: ['unde este coletul meu', 'Bună ziua, vreau să returnez pantofii', 'curierul nu a venit', 'când primesc banii înapoi', 'mulțumesc'],
  sv: ['var är mitt paket', 'Hej, jag vill lämna tillbaka skorna', 'jag har inte fått något än', 'när får jag pengarna tillbaka', 'tack så mycket'],
  da: ['hvor er min pakke', 'Hej, jeg vil gerne returnere skoene', 'jeg har ikke fået noget endnu', 'hvornår får jeg mine penge tilbage'],
  no: ['hvor er pakken min', 'jeg har ikke fått noe ennå', 'Hei, jeg vil gjerne returnere skoene', 'når får jeg pengene tilbake'],
  fi: ['missä pakettini on', 'Hei, haluaisin palauttaa kengät', 'en ole vielä saanut mitään', 'milloin saan rahat takaisin', 'kiitos paljon'],
  hu: ['hol van a csomagom', 'Jó napot, szeretném visszaküldeni a cipőt', 'a futár nem jött', 'mikor kapom vissza a pénzem', 'köszönöm'],
  vi: ['đơn hàng của tôi đâu rồi', 'tôi muốn trả lại đôi giày', 'khi nào tôi nhận được tiền hoàn', 'cảm ơn bạn', 'shipper không đến'],
  id: ['di mana paket saya', 'saya mau mengembalikan sepatu', 'barang belum sampai juga', 'kapan uang saya dikembalikan', 'terima kasih banyak'],
  ja: ['荷物はどこですか', '返品したいです', 'まだ届いていません', 'ありがとう', '注文をキャンセルできますか'],
  ko: ['택배 어디까지 왔나요', '환불해 주세요', '감사합니다', '아직 안 왔어요'],
  th: ['พัสดุของฉันอยู่ที่ไหน', 'ขอคืนเงิน', 'ขอบคุณครับ'],
  hi: ['मेरा पार्सल कहाँ है', 'मुझे पैसे वापस चाहिए', 'धन्यवाद'],
  he: ['איפה החבילה שלי', 'אני רוצה להחזיר את הנעליים', 'תודה'],
  el: ['πού είναι το δέμα μου', 'θέλω να επιστρέψω τα παπούτσια', 'ευχαριστώ'],
  fa: ['سفارش من کجاست', 'می‌خواهم کفش را پس بدهم', 'چرا هنوز نرسیده است', 'ممنون از شما'],
  bg: ['къде е моята пратка', 'искам да върна обувките', 'кога ще получа парите', 'благодаря ви'],
};

import type { ReturnReason } from '../../domain/order.js';
import type { Entity } from '../../domain/understanding.js';

/**
 * Word patterns are written as people say them and compiled by `latin`: a blank stands for any blanks, `~` for up to
 * three words between, `'` for any or no apostrophe, an accented letter for itself with or without its accent.
 * Every repetition is bounded, so that reading takes time in proportion to the text.
 */
function latin(...phrases: readonly string[]): RegExp {
  const word = String.raw`[\p{Script=Latin}\p{N}\p{M}'’-]{1,24}`;
  const accents: Readonly<Record<string, string>> = { á: 'a', é: 'e', í: 'i', ó: 'o', ú: 'u', ñ: 'n' };
  const source = phrases.join('|')
    .replace(/[áéíóúñ]/gu, (letter) => `(?:${letter}|${accents[letter]}[\u0301\u0303]?)`)
    .replaceAll("'", "['’´`]?")
    .replaceAll('~', String.raw`(?:\s{1,4}${word}){0,3}?`)
    .replaceAll(' ', String.raw`\s{1,4}`);
  return new RegExp(String.raw`(?<![\p{Script=Latin}\p{N}\p{M}])(?:${source})(?![\p{Script=Latin}\p{N}\p{M}])`, 'giu');
}

/** Chinese has no blanks between words; `~` stands for up to six characters of the same clause. */
const han = (...phrases: readonly string[]): RegExp =>
  new RegExp(phrases.join('|').replaceAll('~', String.raw`[^，。！？；,.!?;\s]{0,6}?`), 'gu');

const thing = '(?!address|town|house|city|street|place|door|country|person|entry|vat|code|postcode|number|e-?mail|phone|date|day|name)\\p{L}{1,16}';
const parts = "(?:parts?|pieces?|screws?|bolts?|cables?|cords?|chargers?|adapt[eo]rs?|plugs?|batter(?:y|ies)|bulbs?|remotes?|manuals?|instructions|accessor(?:y|ies)|lids?|straps?|bases?|stands?|handles?|buttons?|covers?|gifts?|samples?|pegs?|seats?|nozzles?|belts?|laces|earbuds?|ear tips|hinges|legs?)";
const piezas = '(?:piezas?|partes?|tornillos?|cables?|cargador(?:es)?|adaptador(?:es)?|pilas?|baterías?|focos?|bombillas?|mandos?|controles|manual(?:es)?|instrucciones|accesorios?|tapas?|correas?|bases?|soportes?|asas?|boquillas?|regalos?|muestras?|patas?|fundas?|asientos?|bisagras|estacas)';
const shown = '(?:pic(?:ture|s|tures)?|photos?|images?|description|discription|listing|advert|ad|website|page|video)';
const mostrado = '(?:fotos?|imagen|imágenes|descripción|anuncio|publicación|página|web|ficha|video|vídeo|catálogo)';
const battered = '(?:broken|damaged|smashed|shattered|crushed|squashed|cracked|dented|bent|torn|ripped|wet|soaked|scratched|chipped|flattened|in (?:\\p{L}{1,12} )?(?:pieces|bits|shards))';
const golpeado = '(?:rot[oa]s?|dañad[oa]s?|aplastad[oa]s?|chafad[oa]s?|golpead[oa]s?|abollad[oa]s?|mojad[oa]s?|empapad[oa]s?|quebrad[oa]s?|destrozad[oa]s?|partid[oa]s?|rajad[oa]s?|rayad[oa]s?|reventad[oa]s?|hundid[oa]s?|maltratad[oa]s?|hech[oa]s? (?:pedazos|añicos|trizas))';
const came = "(?:came|arrived|arrive|turned up|showed up|got here|was delivered|were delivered|delivered|received|got)";
const llegó = '(?:llegó|llegaron|llegado|vino|vinieron|venía|venían|viene|vienen|recibí|recibimos|entregaron)';
const enviaron = '(?:mandaron|mandasteis|mandado|enviaron|enviasteis|enviado|dieron|pusieron|llegó|llegaron|vino|vinieron|recibí|tocó)';
const tallas = '(?:chic[oa]s?|chiquit[oa]s?|grandes?|grandot[ea]s?|pequeñ[oa]s?|ajustad[oa]s?|apretad[oa]s?|suelt[oa]s?|holgad[oa]s?|floj[oa]s?|larg[oa]s?|cort[oa]s?|anch[oa]s?|estrech[oa]s?|angost[oa]s?|enormes?|just[oa]s?)';
const count = '(?:one|two|three|four|five|only|nothing|none|it|them|an? (?:e-?mail|message|confirmation|refund)|\\d)';
const cuenta = '(?:un[oa]?|dos|tres|cuatro|cinco|solo|sólo|nada|ya|bien|hoy|ayer|tarde|todo|el (?:mail|correo)|\\d)';

/** What says which reason, most specific first: what an earlier pattern has read, a later one leaves alone. */
const patterns: readonly (readonly [ReturnReason, RegExp])[] = [
  ['ordered_by_mistake', latin(
    '(?:ordered|bought|purchased|placed|clicked|picked|chose)~ by (?:mistake|accident)', '(?:by (?:mistake|accident)|accidentally|mistakenly) (?:i )?(?:ordered|bought|purchased|placed|clicked)',
    `(?:ordered|bought|i(?:'ve| have)?(?: just)? (?:picked|chose|chosen|clicked|selected)) (?:the |a )?wrong ${thing}`, '(?:ordered|bought) (?:it|them|this|the same \\p{L}{1,16}) twice', 'my (?:own )?mistake', 'mistaken (?:order|purchase)',
    '(?:pedí|pedido|compré|comprado|encargué|ordené|hice)~ (?:por (?:error|equivocación|accidente)|sin querer)', '(?:por (?:error|equivocación)|sin querer)(?: lo| la| los| las)? (?:pedí|compré|encargué|ordené|hice)',
    'me equivoqué (?:al (?:pedir|comprar|elegir|hacer)|de (?:talla|modelo|color|producto|artículo|medida|número)|en (?:la|el) (?:talla|modelo|color|pedido|compra))', '(?:lo|la|los|las) (?:pedí|compré) (?:dos veces|doble|repetid[oa]s?)',
    '(?:pedí|compré|elegí) (?:el|la) (?:(?!dirección|direccion)\\p{L}{1,16} )?(?:equivocad[oa]|incorrect[oa])', 'culpa mía', 'error mío', 'fue mi error',
  )],
  ['ordered_by_mistake', han('(?:拍|买|订|点|选)错(?:了)?', '下错(?:单|了)?', '误(?:拍|下单|点|买)', '(?:多拍|拍重|买重|拍多)了?', '重复(?:下单|拍|购买|买)了?', '手滑', '手一抖', '不小心(?:多)?(?:拍|买|下|点)(?:了|错)?')],

  ['wrong_item', latin(
    `(?:sent|shipped|delivered|got|received|gave|packed|picked)~ wrong ${thing}`, '(?:sent|shipped)~ by mistake', 'wrong (?:\\p{L}{1,16}) (?:came|arrived|turned up|showed up|sent|delivered|received|was (?:sent|delivered|shipped)|in the (?:box|parcel|package|bag))',
    'wrong (?:item|product|article|thing|model|version|colou?r|one)', "(?:\\p{L}{2,6}n't|not|never) (?:what|the one|the ones|the \\p{L}{1,16}) (?:that )?i(?:'d|'ve| had| have)? (?:ordered|bought|picked|chose|asked for)", "(?:didn't|did not|never) order (?:this|that|these|it)",
    "someone else's (?:order|parcel|package|stuff|item)", 'mixed up~ (?:orders?|parcels?|packages?|items?)', '(?:sent|got|received|came)~ (?:different|another) (?:item|product|article|thing|colou?r|size|model|one)', 'different (?:item|product|colou?r|size|model) (?:came|arrived|received|delivered)', 'two left \\p{L}{1,12}',
    `ordered(?: (?!and |but )\\p{L}{1,16}){1,4},? (?:and|but)(?: i)? (?:got|received|you sent)(?: me)? (?!${count})(?:the |a |an )?\\p{L}{1,16}`,
    `${enviaron}~ (?:otra cosa|otr[oa] (?:producto|artículo|color|modelo|talla|cosa|distint[oa])|(?:producto|artículo|color|modelo|talla|pedido|cosa) (?:equivocad[oa]|incorrect[oa]|erróne[oa]|que no (?:es|era|pedí)))`,
    `${enviaron}~ por error`, '(?:producto|artículo|color|modelo|pedido) (?:equivocad[oa]|incorrect[oa]|erróne[oa])', 'no (?:es|son|era|eran) (?:lo|el|la|los|las) que(?: yo)? (?:pedí|compré|encargué|ordené|elegí)', 'no pedí (?:esto|eso)', 'est[oa] no l[oa] pedí',
    'se (?:equivocaron|confundieron)(?! de (?:casa|dirección|puerta|calle|número|nombre))(?: de \\p{L}{1,12})?', 'de otra persona', `pedí(?: (?!y )\\p{L}{1,16}){1,4},? y (?:me )?(?:llegó|vino|mandaron|enviaron|trajeron) (?!${cuenta})(?:el |la |un |una )?\\p{L}{1,16}`,
  )],
  ['wrong_item', han('(?:发|寄|送|装|拿)错(?:了)?(?:货|商品|东西|颜色|尺码|款式|型号)?', '错发', '(?:尺码|颜色|款式|型号|商品|货)(?:发|寄|送)错(?:了)?', '(?:颜色|型号|款式|商品|东西|货)不对(?!板)', '不是我(?:买|订|拍|下单|要|选)的', '我没(?:有)?(?:买|订|拍)过?这', '收到(?:的是|了)?别人的', '(?:买|拍|订|选|要|下单)的(?:是)?~[，,]?(?:结果|却|你们)?(?:来的(?!路|时候)|发来的?|寄来的?|发的是|收到的?(?:却)?是|到手(?:却)?是|给我发)(?:却)?(?:是|了)?', '发成了?', '装成了?')],

  ['not_as_described', latin(
    `(?:not|\\p{L}{2,6}n't)(?: at all| really)? (?:as|like) (?:described|advertised|shown|pictured|promised|stated|(?:(?:on|in) )?(?:the|your) ${shown})`, `(?:doesn't|does not|don't|do not|didn't|not) (?:match|look like|resemble|correspond to)(?: \\p{L}{1,10})? ${shown}`,
    `(?:differs?|different)~ (?:from|than|to)~ ${shown}`, `nothing like~ (?:${shown}|described|advertised)`, `(?:smaller|bigger|larger|thinner|shorter|darker|lighter|brighter) than (?:described|advertised|shown|pictured|(?:in |on )?(?:the|your) ${shown})`,
    'misleading', 'false advertis(?:ing|ement)', 'counterfeit', 'knock-?off', 'imitation', 'fake(?! (?:reviews?|e-?mails?|site|website|news|account|message|delivery|profile))', "(?:not|\\p{L}{2,6}n't)(?: an?)? (?:genuine|authentic|original|real leather)", `(?:listing|page|ad|description|website) (?:lied|promised|said~ but)`, 'advertised as', 'described as',
    `no (?:es|son|era|eran) (?:como|igual|iguales)~ (?:${mostrado}|describ\\p{L}{1,6}|anunci\\p{L}{1,6}|mostr\\p{L}{1,6})`, `no (?:coinciden?|corresponden?|concuerdan?|se parecen?)~ (?:${mostrado}|lo descrito|lo anunciado)`, `(?:distint[oa]s?|diferentes?)~ ${mostrado}`, `nada que ver con~ ${mostrado}`,
    `más (?:chic[oa]s?|pequeñ[oa]s?|grandes?|oscur[oa]s?|clar[oa]s?|fin[oa]s?) (?:que|de lo que)~ ${mostrado}`, 'publicidad engañosa', '(?:es|son) (?:fals[oa]s?|truch[oa]s?|pirata|una copia)', 'imitación', 'falsificad[oa]s?', '(?:la|el) (?:página|anuncio|descripción|publicación) (?:miente|engaña|decía|ponía)', 'no (?:es|son) original(?:es)?',
  )],
  ['not_as_described', han('(?:与|和|跟|同)(?:商品|页面|你们)?(?:的)?(?:描述|图片|照片|图|页面|详情|宣传|介绍|网页|网上)~(?:不符|不一样|不一致|不同|差太多|差很多|差距)', '(?:描述|图文|图物)不(?:符|一致)', '货不对板', '色差(?:太|很|有点)?(?:大|严重)?', '实物(?:和|与|跟)~(?:不一样|不符|不同)', '虚假宣传', '假货', '高仿', '仿(?:品|的|冒)', '不是正品', '非正品', '不是(?:图|照片)(?:上|里|片)', '被(?:图片|照片)骗')],

  ['damaged_in_transit', latin(
    `${came}~ ${battered}`, `${battered} (?:in|during|on|by|while)(?: the)? (?:transit|shipping|shipment|transport|delivery|arrival|way|journey|carrier|courier|post|postman|driver)`, `(?:broke|broken|smashed|cracked) (?:on the way|in the post|in transit)`, `(?:box|parcel|package|packaging|carton)~ ${battered}`,
    `${battered} (?:box|parcel|package|packaging|carton)`, '(?:shipping|transit|transport|water) damage', 'smashed', 'shattered', 'crushed', 'squashed', 'dented', 'damaged', 'cracked',
    `${llegó}~ ${golpeado}`, `${golpeado} (?:en|durante|por) (?:el|la) (?:transporte|envío|camino|trayecto|viaje|entrega|reparto|transportista|repartidor)`, 'se (?:me |nos )?(?:rompió|rompieron|quebró|dañó|dañaron|golpeó|maltrató|partió) (?:en|durante) el (?:transporte|envío|camino|trayecto|viaje)',
    `(?:caja|paquete|cartón|embalaje|bulto)~ ${golpeado}`, 'daños? (?:de|en el|durante el|por el|por) (?:transporte|envío|agua)', 'dañad[oa]s?', 'aplastad[oa]s?', 'abollad[oa]s?', 'hech[oa]s? (?:pedazos|añicos|trizas)',
  )],
  ['damaged_in_transit', han('(?:运输|路上|途中|快递|物流)~(?:坏|损|碎|破|裂|烂)(?:了|的|坏)?', '(?:箱子|盒子|纸箱|外箱|包裹|外包装|包装)~(?:压扁|压坏|破|烂|扁|瘪|湿|塌|变形|裂)了?', '压(?:坏|扁|变形|烂|碎)了?', '(?<!我|自己|不小心)摔(?:坏|碎|裂|断)了?', '破损', '磕坏了?', '(?:屏幕?|玻璃|盆|镜子?|杯子?|碗|盘子?|瓶子?)裂了', '(?:全|都|是)?碎(?:了|的)', '泡(?:了)?水', '暴力(?:运输|快递)')],

  ['missing_parts', latin(
    `missing (?:the |an? |its |some |one |two |several |a few |all |\\d )?(?:\\p{L}{1,14} )?${parts}`, `(?:without|w/o|no) (?:the |an? |its |any )?(?:\\p{L}{1,14} )?${parts}(?! (?:problem|issue))`, '(?:parts?|pieces?|something|one|two|some|half|accessory) (?:is |are |was |were )?missing', `${parts} (?:is |are |was |were )?(?:missing|absent)`,
    "(?:\\p{L}{2,6}n't|not|wasn't|weren't) (?:in|inside) the (?:box|carton|bag)", 'not included', 'incomplete(?! address)', "(?:isn't|is not|not) complete", `(?:forgot|lacks?|lacking) (?:the |an? )?(?:\\p{L}{1,14} )?${parts}`, 'short(?: by)? (?:one|two|a) \\p{L}{1,14}', 'empty box', 'only one (?:shoe|glove|earring|sock)',
    `(?<!hace |sin )falt(?:a|an|ó|aron|aba|aban)(?: (?:el|la|los|las|un|una|unos|unas|su|sus|otr[oa]|dos|tres))? (?:${piezas}|algo)`, '(?:me|le|les|nos) falt(?:a|an|ó|aron|aba|aban) (?:un|una|dos|tres|uno) (?!(?:días?|semanas?|mes|horas?|dato|número|código) )\\p{L}{1,16}', `sin (?:el |la |los |las |su |sus )?${piezas}`,
    `no (?:traían?|traen?|trajo|venían?|vinieron|vino|incluían?|incluyen?|está|están)(?: con)?(?: (?:el|la|los|las|su|sus|ni))? ${piezas}`, 'incomplet[oa]s?', '(?:se les|se os) olvid(?:ó|aron) (?:el|la|los|las|poner|meter|incluir|mandar|enviar)(?: \\p{L}{1,16})?', 'sol[oa] (?:vino|llegó|mandaron) un[oa]?', '(?:me|le) falt(?:a|ó) (?:el|la) (?!(?:paquete|pedido|reembolso|número|numero|código|codigo|dato|fecha|etiqueta|factura) )\\p{L}{2,16}', 'piezas? (?:faltantes?|de menos)', 'caja vacía',
  )],
  ['missing_parts', han('(?:少|漏)(?:发|寄|装|配|给|放)(?!积分|钱)(?:了)?', '(?<![多至不减最很极缺拍]|电话|号码|名字|地址)少(?:了)?[一二两三四五几\\d](?:件|个|只|条|根|颗|把|双|块|样|片|包)', '(?<![多至不减最很极缺]|钱|款|积分|优惠|金额|余额|卡里|电话|号码|名字|地址|标签|拍)少了(?!钱|积分|优惠|退|位|一位|个字|一个字)', '缺(?:少|了)?(?:配件|零件|部件|件|螺丝|说明书|电源|充电器|线|盖|赠品)', '(?:配件|零件|赠品|东西|说明书|螺丝|充电器|盖子)(?:少|缺|没(?:有)?(?:给|放|装|发|带|配|收到)|不全|不齐)了?', '漏了', '只有一只', '忘(?:了|记)?(?:装|放|发|寄)了?', '(?:(?:盒子|箱子|包裹|袋子|包装)里?面?|里面)没有?(?:放|装)?(?!任何|什么|问题|损|破|坏|有|找|看|发票|单号|标签)[^，。！？,.!?\\s]{1,6}', '没(?:发|给|配)(?:全|齐)', '不(?:完整|齐全)')],

  ['arrived_late', latin(
    `${came}~ (?:too|so|very|way too|far too|weeks?|days?|months?) late`, `(?:came|arrived|delivered|turned up|showed up) late(?! (?:last|yesterday|today|tonight|at|in the|this|afternoon|evening|morning))`, 'late (?:delivery|arrival)', 'took (?:way |far )?too long', `${came} (?:only )?after (?:the |my |our |his |her )?(?:birthday|wedding|party|event|trip|holidays?|christmas)`,
    `${llegó}~ (?:muy|demasiado|tan|bastante|re) tarde`, `${llegó} tarde`, `${llegó}~ (?:con (?:mucho )?retraso|fuera de plazo|a destiempo)`, 'tard(?:ó|aron) (?:demasiado|mucho|tanto)', `${llegó} (?:después|pasado) (?:de |del )?(?:el |la |mi |su )?(?:cumpleaños|cumple|boda|fiesta|viaje|evento|navidad)`,
  )],
  ['arrived_late', han('(?:来|到|送|送达|到货|收到|寄到|送到)(?:得|的)?(?:实在|真的?|也|时)?太(?:晚|慢|迟)了?', '太(?:晚|迟)才?(?:到|收到|送到|来)', '(?:到|来|送)(?:得)?晚了', '过了(?:生日|时间|日子|婚礼|节日?|活动)~才(?:到|收到|来|送到)', '(?:等|拖)(?:了)?太久')],

  ['defective', latin(
    "(?:doesn't|dosen't|does not|don't|do not|didn't|did not|won't|will not|wouldn't|never|not|isn't|stopped|quit)(?: \\p{L}{1,9}ly| even| ever)? (?:work(?:s|ed|ing)?|function(?:s|ed|ing)?)(?! for me)", "(?:doesn't|does not|don't|won't|will not|can't|cannot|didn't|never|not)(?: even)? (?:turn(?:s|ed|ing)? on|switch(?:es|ed|ing)? on|power(?:s|ed|ing)? (?:on|up)|start up|charg(?:e|es|ed|ing)|heat|boot|connect|pair)",
    'stopped (?:working|heating|charging|playing|talking|turning|spinning|responding)', 'broken(?! (?:into|link|promise))', '(?:it|they|one|strap|zip|zipper|handle|button|sole) (?:just )?broke', 'broke (?:after|down|apart|on the first|the first)', 'defect(?:s|ive)?', 'faulty', 'malfunction(?:s|ed|ing)?', '(?:has|have|with) a (?:fault|flaw)', 'flawed', 'dead on arrival', 'jammed', 'unglued', 'snapped', 'freezes', 'trips the fuse', 'shuts (?:itself )?(?:down|off)', 'doa',
    '(?:fell|falls|falling|came|coming) apart', '(?:came|comes|fell|falls|peeling|peels) off', 'leak(?:s|ed|ing|y)', 'flicker(?:s|ed|ing)?', '(?:poor|bad|terrible|awful|horrible|low|cheap) quality', 'quality is~ (?:poor|bad|terrible|awful)', 'a hole in (?:it|the \\p{L}{1,14})',
    'no(?: me)? (?:funciona|funcionan|funcionó|funcionaba|prende|prenden|enciende|encienden|arranca|arrancan|carga|cargan|anda|andan|jala|jalan|calienta|calientan|conecta|empareja|aspira)', 'no sirven?(?! (?:de|la talla|la medida|mucho))', 'dej(?:ó|aron) de (?:funcionar|cargar|calentar|andar|prender|encender|hablar|sonar|servir|girar)',
    'defectuos[oa]s?', 'defetuos[oa]s?', '(?<!h[ae]n?\\s{1,4})fallad[oa]s?', '(?:tienen?|con|trae|presenta) (?:un |una |algún |alguna )?(?:defectos?|fallas?|fallos?|desperfectos?|avería)', 'averiad[oa]s?', 'descompuest[oa]s?', 'estropead[oa]s?', 'rot[oa]s?', 'se (?:me |le |nos )?(?:ha )?(?:rompió|rompieron|roto|descosió|despegó|descompuso|estropeó|averió|salió el)', '(?:mala|pésima|muy baja) calidad', 'calidad(?: es)?(?: muy)? (?:mala|pésima|horrible)', 'desti\\u00F1(?:ó|en?)', 'se apagan? sol[oa]s?', 'parpadean?', 'huelen? a quemado', 'trabad[oa]s?', 'desinflad[oa]s?', 'empañad[oa]s?', 'pierden? agua', 'gotean?',
  )],
  ['defective', han('(?<![破弄搞摔压没不会])坏(?:了|的|掉)', '故障', '质量(?:有|的)?问题', '质量(?:太|很|真|也太|实在)?(?:差|烂|次|不好|不行)', '(?:商品|东西|产品|货)有(?:质量)?(?:问题|毛病)', '有(?:毛病|瑕疵)', '瑕疵', '次品', '残次', '用不了', '(?<!能)不能用(?!券|来)', '开不了机?', '打不开', '充不(?:了|进|上)电?', '(?<!客服|卖家|商家|你们|订单|输进去)没(?:有)?反应', '没(?:有)?声音', '不(?:亮|通电|制冷|加热|出水|出雾|充电|工作了?)', '连不上', '失灵', '(?<!件|包裹|退款|\\d%就)卡住', '开线', '脱胶', '掉色', '起球', '漏[水电]', '自动关机', '卡死', '跳闸', '焦味', '起雾', '裂了', '断了', '(?:没用|用了|穿了|戴了)~就坏')],

  ['wrong_size', latin(
    "(?:doesn't|does not|don't|do not|didn't|did not|won't|isn't|not)(?: \\p{L}{1,9}ly| even| quite)? fit(?:s|ting)?(?! (?:in|into|through) (?:the|my) (?:letter|mail|post))", '(?<!(?:took|take|takes|taking|wait|waited|waiting|been|is|it)\\s{1,4})(?:way |far |a bit |much |a little )?too (?:long|short)(?! (?:to|for me to|a wait|notice|ago))', "(?:it's|this|they're|these|those|is|are|was|were|sleeves|legs|length) too (?:long|short)(?! (?:to|a wait|notice|ago))",
    '(?:way |far |much |a bit |a little )?too (?:big|small|large|tight|loose|wide|narrow|baggy|snug|tiny|huge)(?! (?:a |an |of ))', '(?:runs?|running|fits?|fit) (?:too |very |a bit |really )?(?:small|big|large|tight|loose)', "(?:wrong|different|not my|\\p{L}{2,6}n't my) size", "size (?:is|was) (?:wrong|off)", '(?:massive|huge|tiny|enormous|tight|loose) on me', '(?:a|one|two) sizes? too \\p{L}{1,6}', 'pinch(?:es)?',
    `(?:me|le|te|nos|les) (?:queda|quedan|quedó|quedaron|quedaba|va|van|está|están|viene|vienen|resulta|resultan)(?: (?:muy|demasiado|un poco|poco|algo|medio|re|bastante|super|súper|tan))? ${tallas}`, `(?:demasiado|muy) ${tallas} (?:para mí|de talla|para mi \\p{L}{1,10})`, `demasiado ${tallas}(?! (?:la espera|el plazo))`, `(?:es|son|está|están|queda|quedan|era) (?:muy|un poco|algo|bastante) (?:chic[oa]s?|chiquit[oa]s?|ajustad[oa]s?|apretad[oa]s?|holgad[oa]s?|estrech[oa]s?)`,
    'no (?:me|le|te|nos) (?:quedan?|quedó|quedaron|entran?|entró|caben?|valen?|cierran?)(?! (?:clar[oa]|otra|tiempo|más|nada|dinero|saldo|remedio|duda))(?: bien)?', 'no (?:es|era) (?:mi|la|su) talla', 'talla (?:equivocada|incorrecta|errónea)', '(?:me|le) aprietan?', 'no me sirve la (?:talla|medida)',
  )],
  ['wrong_size', han('(?:尺码|尺寸|大小|码数|(?<!验证|优惠|邀请|密|二维)码)~(?:不合适|不对|不合|不准|偏[大小](?!还是)|太[大小]|[大小]了)', '(?<!声音|噪音|音量|味道|气味|味儿|问题|压力|差距|差别|变化|风险|动静|吸力|风|水|火|损失|胆子|力气)太(?:大|小)了?', '太(?:紧|松|宽|窄|肥|挤)了?', '(?<!时间|等|等待|等得|期|期限)太(?:长|短)了?(?!时间)', '(?:有点|有些|稍微)(?:小|大|紧|松|长|短|肥|宽|窄)(?!问题|贵|麻烦|毛病|声|划|瑕)', '(?<!还是)偏(?:大|小|长|短|紧|松)(?!还是)', '(?:小|大|长|短)了(?:一|半|两)?(?:码|号|圈|截|点)', '买(?:大|小)了', '不合(?:身|脚)', '(?<!颜色|风格|款式|时间|价格|花色|态度)不合适', '穿(?:不下|不上|不进)', '(?:挤|夹|卡|磨)脚', '量错', '上身(?:显|太)?(?:大|小|紧)')],

  ['changed_mind', latin(
    'chang(?:ed|e|ing) (?:my|our|his|her) minds?', 'change of mind', "(?:don't|do not|didn't|doesn't) (?:want|need) (?:it|this|that|them|these|those|(?:the|my) (?!money|refund)\\p{L}{1,16})(?! (?:to|returned|back|money|cancel\\p{L}{1,4}|sent|delivered))(?: (?:any ?more|any longer))?", '(?:no longer|not) (?:want|need|wanted|needed)(?! (?:to|a (?:refund|return)|help))(?: (?:it|this|them))?', "(?:don't|do not|didn't|doesn't)(?: \\p{L}{1,9}ly)? like (?:it|this|them|these|those|how|the (?:colou?r|look|style|feel|smell|material|fabric|shape))",
    'regret(?:ted)? (?:it|buying|the purchase|ordering)', "(?:not|\\p{L}{2,6}n't)(?: \\p{L}{1,9}ly)? (?:my|our|her|his) (?:style|taste|thing)", "(?:not|\\p{L}{2,6}n't) for me", "(?:not|\\p{L}{2,6}n't) what i(?:'d| had)? (?:expected|imagined)", "(?:doesn't|does not|don't|didn't) (?:suit|go with|match) (?:me|us|my|our|the (?:room|sofa|rest|wall|furniture|kitchen))", 'clash(?:es)? with', 'decided against (?:it|them|this)', 'hates? (?:it|them)', 'right of withdrawal', 'withdraw from the contract', 'already (?:have|has|had|own) (?:one|it|that)', 'found (?:it|one|something) (?:cheaper|better)', 'unwanted gift',
    '(?:(?:he|has|hemos|ha|había) cambiado|cambi(?:é|amos|ó)) de (?:opinión|idea|parecer)', 'ya no(?: (?:lo|la|los|las|me|le|nos))? (?:quiero|quiere|queremos|necesito|necesita|necesitamos|interesa|interesan|hace falta|hacen falta)(?! (?:\\p{L}{1,12}[aei]r|ayuda|que)(?!\\p{L}))', 'no (?:lo|la|los|las) (?:quiero|necesito|queremos|voy a usar)(?! (?:\\p{L}{1,12}[aei]r|así)(?!\\p{L}))', 'no (?:voy|vamos) a usar', 'me arrepentí(?: de)?', 'me arrepiento', 'no (?:me|le|nos|les) (?:gusta|gustan|gustó|gustaron|convence|convencen|convenció|favorece)(?! \\p{L}{1,12}[aei]r(?!\\p{L}))', 'no es mi estilo', 'no es lo mío', 'no es lo que esperaba', 'derecho de desistimiento', 'no (?:pegan?|combinan?|hacen? juego) con', 'ya (?:tengo|tenía) (?:un[oa]?|otr[oa])(?: igual)?', 'regalo no deseado',
  )],
  ['changed_mind', han('不想要(?!退|换|回|这样|补)了?', '(?<!要)不要了', '不要[这那]~了', '(?:不|没那么|不太)喜欢(?:了)?', '后悔了?', '改(?:变)?(?:了)?主意', '用不(?:上|着)了?', '不(?:再)?需要(?!退|换|帮|你|您|发票|寄|提供|补|人工|客服)了?', '不想留', '不打算留', '(?:七|7)天无理由', '无理由退货?', '(?:颜色|风格|款式|花色)不(?:合适|搭|好看)', '不搭', '(?:和|跟|与)?(?:我)?想象(?:中)?的?~(?:不一样|不同|有差距)', '已经有(?:一|了)(?:个|台|件|条|把|双)?', '不合眼缘')],
];

/** A no, an if or a question of whether right before the words: they name no reason then. */
const latinDenials = new RegExp(
  String.raw`(?:(?<![\p{L}])(?:not|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|hasn['’]?t|haven['’]?t|didn['’]?t|doesn['’]?t|don['’]?t|never|no|nothing|none|neither|nor|without|hardly|ni|nunca|tampoco|sin|nada|ningun[oa]?|ningún)`
  + String.raw`(?:\s{1,4}(?:is|it|it['’]?s|they|they['’]?re|was|were|been|be|being|that|because|of|the|a|an|any|all|at|even|really|exactly|actually|come|came|arrive|arrived|look|have|has|está|están|esta|estan|es|son|era|estaba|vino|llegó|llego|viene|ha|han|tiene|tienen|hay|un|una|ningún|ninguna|muy|nada|porque|que|se|me|le|lo|la)){0,4}`
  + String.raw`|(?<![\p{L}])(?:if|in case|whether|si|por si|en caso de que)(?:\s{1,4}[\p{L}'’]{1,20}){0,4}|(?<![\p{L}])(?:does|do|will|would|is|are)\s{1,4}(?:it|they|these|this))\s{1,4}$`, 'iu');
const hanDenials = /(?:没有?|不是|并非|不存在|无|未|毫无)(?:任何|什么|一点|出现|因为|说|觉得|它|东西|有)?$|(?:如果|万一|要是|假如|若|是否|会不会|怕|担心)[^，。！？；,.!?;]{0,6}$|会(?:有)?$/u;

/** What may not work without the goods being at fault. */
const otherSubjects = /(?<!\p{L})(?:code|coupon|voucher|promo|discount|link|log-?in|site|website|app|page|password|tracking|label|payment|checkout|chat|account|address|bell|doorbell|bot|passkey|van|car|código|codigo|cupón|cupon|enlace|página|pagina|web|sitio|aplicación|aplicacion|contraseña|etiqueta|seguimiento|cuenta|pago|descuento|dirección|direccion|timbre|bot|guía|guia|sesión|sesion|compra|pedidos|coche|carro)(?:\s{1,4}[\p{L}'’]{1,16}){0,2}\s{0,4}$|(?:优惠券|优惠码|券|验证码|链接|网站|网页|页面|密码|面单|账号|二维码|软件|APP|app|换手机了?|登录|注册|加入|列表|按钮|红心|购物车|红包|PDF|系统|门铃|电梯|信号|地址|账户)[^，。！？；,.!?;]{0,4}$/u;

/** "Not broken or damaged": the second belongs to the same no. */
const joined = /^(?:\s{0,4},?\s{1,4}(?:or|nor|o|ni)\s{1,4}|[、或]|或者)$/iu;

/**
 * Why something goes back, as the customer says it. Denied or only supposed reasons are left out ("not broken, just too
 * big"); not wanting it any more is left out beside a reason for it ("I don't want it any more, it's broken").
 */
export function readReturnReasons(text: string): Entity[] {
  const found: { readonly start: number; readonly end: number; readonly value: ReturnReason }[] = [];
  const taken = new Uint8Array(text.length);
  for (const [value, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (taken.subarray(start, end).includes(1)) continue;
      taken.fill(1, start, end);
      found.push({ start, end, value });
    }
  }
  found.sort((a, b) => a.start - b.start);
  let deniedUntil = -1;
  const meant = found.filter(({ start, end, value }) => {
    const before = text.slice(Math.max(0, start - 60), start);
    const isDenied = latinDenials.test(before) || hanDenials.test(before)
      || (deniedUntil >= 0 && start - deniedUntil < 16 && joined.test(text.slice(deniedUntil, start)));
    if (isDenied) deniedUntil = end;
    return !isDenied && !((value === 'defective' || value === 'missing_parts') && otherSubjects.test(before));
  });
  const hasReason = meant.some(({ value }) => value !== 'changed_mind');
  return meant
    .filter(({ value }) => !hasReason || value !== 'changed_mind')
    .map(({ start, end, value }) => ({ kind: 'return_reason', value, start, end, raw: text.slice(start, end) }));
}

/** A review, a rating, stars. */
export const REVIEW = /\breviews?\b|\b(?:1|one|bad|negative)[- ]?star|\brating|评价|差评|评论|reseñas?|valoraci|estrellas?|avalia[çc]|estrelas?|\bavis\b|étoiles?|bewertung|rezension|sterne?\b|отзыв|зв[её]зд|оценк|تقييم|مراجعة|نجمة|نجوم/iu;

/** "Unless", "or else": what is said hangs on something. */
export const UNLESS = /\bunless\b|\botherwise\b|\bor (?:else|i|you)\b|\bif (?:you|i) (?:do ?n.t|don.t|do not|refuse)|否则|不然|要是不|如果不|不退.{0,8}就|si no\b|de lo contrario|o (?:si no|les? pongo|dejo)|a menos que|se n[ãa]o|sen[ãa]o|caso contr[áa]rio|sinon|à moins|si vous ne|sonst|andernfalls|wenn (?:ihr|sie|du).{0,30}nicht|иначе|а то|если (?:вы )?не|وإلا|إذا لم|ما لم/iu;

/** Money that comes back, or is owed. */
export const MONEY_BACK = /refund|money|pay|compensat|退款|退钱|赔|钱|reembols|devol|dinero|dinheiro|rembours|argent|erstatt|geld|zahl|возвра[тщ]|верн|деньг|компенсац|استرداد|استرجاع|المال|مبلغ|تعويض/iu;

/** "I keep it": the goods stay with the customer. */
export const KEEPS_GOODS = /\bkeep (?:it|them|the|both)|留着|不退货|me (?:lo|la|los|las) quedo|quedarme|ficar com|garder|behalte|оставлю|оставить себе|أحتفظ|الاحتفاظ/iu;

/** The whole of it, not a part. */
export const ALL_OF_IT = /\b(?:full|whole|all)\b|全额|全部|complet|total|tudo|tout|intégral|voll|ganze|полн|вс[её] деньги|كامل|كل المال/iu;

/** A review, whatever is said of it. */
export const SPEAKS_OF_REVIEW = /\breviews?\b|\brating|\bstars?\b|评价|差评|好评|评论|reseña|valoraci|estrellas|avalia[çc]|estrelas|\bavis\b|étoiles|bewertung|rezension|stern|отзыв|зв[её]зд|оценк|تقييم|مراجعة|نجوم|نجمة/iu;

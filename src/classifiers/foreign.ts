/** What gives away a language: letters only it has, words it uses all the time. */
interface Signs {
  readonly letters?: RegExp;
  readonly words: string;
}

/** Digits that stand for Arabic letters: "ba3d", "7aga", "2esm". */
const ARABIC_DIGITS = /^[a-z]+[2379][a-z]*$|^[2379][a-z]{3,}$/u;

/**
 * Languages that are told apart by words because their script is one of ours; not spoken here, or (the last two) ours in
 * letters of another. Words are written without accents. A word of several languages may stand with each of them.
 */
const SIGNS: Readonly<Record<string, Signs>> = {
  it: {
    words: `il gli lo che non mi ti ci della dello delle degli dei del nella nel nelle sulla sul alla alle agli dalla dal sono sei siamo siete ho hai abbiamo avete hanno stato stata anche ancora perche quando quanto quanti dove dov dovè cosa come mio mia miei mie vostro vostra questo questa quello quella
      grazie mille buongiorno buonasera prego scusa scusate pacco pacchi ordine ordini spedizione corriere rimborso soldi reso restituire scarpe vorrei voglio posso potete devo arriva arrivato arrivata arrivare ricevuto niente nulla oggi domani ieri sempre adesso ora prima dopo troppo molto piu per favore con un una uno indirizzo cambiare annullare fattura consegna consegnato rotto rotta taglia prodotto sito codice sconto qualcuno parlare operatore casa mai passato qual quale pagare posso potrei scatola vuota era fatto mandato sbagliato sbagliata dimenticato funziona`,
  },
  nl: {
    words: `het een ik je jij jullie wij ze zijn niet naar van voor met maar ook nog geen wel waar wanneer waarom hoe wat wie dit deze die mijn jouw uw heb hebt heeft hebben ben bent wordt worden kan kunt kunnen wil wilt willen moet moeten graag dank dankjewel bedankt alstublieft alsjeblieft hallo goedemorgen goedemiddag goedenavond dag
      pakket pakje bestelling besteld bezorger bezorgd bezorging levering geld terug terugsturen retour schoenen verzending ontvangen niets iets iemand gisteren vandaag morgen altijd nooit lang duurt voordat krijg krijgen gekregen annuleren wijzigen adres factuur kapot maat verkeerd verkeerde over bij uit aan op er zo als dan om`,
  },
  pl: {
    letters: /[ąęłńśźż]/u,
    words: `gdzie jest moja moje moj paczka paczki paczke paczce nie tak jak kiedy dlaczego czemu prosze dziekuje dzieki dzien dobry wieczor czesc witam chce chcialbym chcialabym zwrocic zwrot zwrotu pieniedzy pieniadze buty kurier przyjechal zamowienie zamowienia zamowilem zamowilam czy sie ze na do od dla przez jeszcze juz byl bylo jestem mam moge mozna macie dostawa przesylka przesylki fakture faktura adres zmienic rozmiar uszkodzony zepsuty brak dostane otrzymalem wczoraj dzisiaj jutro bardzo tylko ktos rozmawiac anulowac co to w z i`,
  },
  tr: {
    letters: /[ğşı]/u,
    words: `ve bir bu icin ne nerede zaman nasil neden niye degil var yok ben siz benim sizin merhaba selam iyi gunler aksamlar lutfen tesekkur tesekkurler ederim sagol siparis siparisim siparisimi siparisi kargo kargom kargoyu kurye urun urunu iade iptal etmek istiyorum isterim param para fatura adres adresi degistirmek gelmedi geldi bozuk kirik yanlis eksik beden ayakkabi hala henuz bugun dun yarin cok mi mu edilecek olacak olur yardim musteri temsilci kupon sifre hesap`,
  },
  uk: {
    letters: /[іїєґ]/u,
    words: `де моя мое моє мій мої коли чому як що це не але або та чи вже ще дуже дякую дякую будь ласка добрий день вечір привіт хочу потрібно гроші повернути повернення посилка посилку замовлення взуття кур'єр приїхав отримав отримала немає є був була було буде можна можу ви мені мене тут там куди скільки сьогодні вчора завтра розмір розмовляти адресу змінити скасувати скасуйте нічого забув забула ця цей який яка прислали порожня карткою оплатити`,
  },
  bg: {
    letters: /\p{L}ъ\p{L}/u,
    words: `къде е моята моят моето пратка пратката поръчка поръчката искам да върна обувките кога ще получа парите пари благодаря здравейте добър ден защо още съм сте са има няма куриерът моля със това тази този колко мога ли да си ми`,
  },
  sr: {
    letters: /[јљњћђџ]/u,
    words: `је мој моја пошиљка хвала зашто није желим када добар дан новац вратити молим`,
  },
  kk: { letters: /[қңұүһәғөі]{1}\p{L}*[қңұүһәғө]/u, words: 'менің қайда тапсырыс рахмет сәлем сәлеметсіз бе қашан ақша неге жоқ бар керек' },
  cs: {
    letters: /[ěřů]/u,
    words: `kde je muj moje mam jsem jste jsou neni nemam byl bylo bude kdy proc jak ktery dobry den ahoj dekuji dekuju diky prosim balik zasilka zasilku objednavka objednavku objednavky vratit vraceni boty penize zpatky kuryr neprijel prijel dostanu chci chtel chtela bych rad rada muzu muzete jeste uz nic faktura fakturu adresu zmenit velikost rozbite spatne zrusit vcera dnes zitra`,
  },
  sk: { letters: /[ľĺŕôď]/u, words: 'kde je moj moja moje som ste nie kedy preco ako dobry den ahoj dakujem prosim balik zasielka objednavka objednavku vratit peniaze spat kurier neprisiel dostanem chcem chcel chcela by este uz nic velkost zrusit vcera dnes zajtra' },
  hr: { letters: /[đšž]/u, words: 'gdje je moj moja moje paket posiljka narudzba narudzbu nisam sam ste kada zasto kako dobar dan bok hvala molim zelim htio htjela vratiti cipele novac dostavljac nije dosao jos nista velicina otkazati jucer danas sutra zdravo pozdrav gde kad sta sto' },
  ro: {
    letters: /[ășțţ]/u,
    words: `unde este coletul coletului comanda comenzii mea meu vreau doresc sa returnez returna pantofii pantofi curierul nu am venit primit primesc banii bani inapoi cand cum cat de ce buna ziua seara multumesc mersi va rog inca nimic si din pe cu pentru ati aveti sunt este fost factura adresa schimb marimea anulez ieri azi maine cineva vorbesc`,
  },
  hu: {
    letters: /[őű]/u,
    words: `hol van a az es nem igen mikor miert hogyan mennyi csomag csomagom csomagomat rendeles rendelesem rendelesemet szeretnem szeretnek visszakuldeni vissza cipo cipot futar jott jon kapom kapok penz penzem penzt koszonom koszi udvozlom jo napot reggelt estet szia meg mar csak nincs volt lesz kerem kerek szamla szamlat cim cimet modositani meret rossz hibas torott lemondani tegnap ma holnap valaki`,
  },
  sv: {
    letters: /\p{L}*å\p{L}*/u,
    words: `var ar mitt min mina paket paketet jag vill skulle inte har fatt fick nagot nagon an annu nar hur varfor lamna tillbaka skorna skor pengarna pengar och att det den som for med pa av till fran hej god dag tack mycket snalla bestallning bestallt ordern kurir budet kom levererat leverans faktura adress andra storlek trasig fel avbeställa avbestalla igar idag imorgon prata ni er kan`,
  },
  da: {
    letters: /[åø]/u,
    words: `hvor er min mit mine pakke pakken jeg vil gerne ikke har faet noget endnu hvornar hvorfor hvordan returnere tilbage skoene sko pengene penge og at det den som til med pa af fra hej god dag tak mange venligst bestilling ordre ordren bud budet kom levering faktura adresse aendre storrelse forkert annullere i gar dag morgen tale nogen kan jer`,
  },
  no: {
    letters: /[åø]/u,
    words: `hvor er min mitt mine pakke pakken jeg vil gjerne ikke har fatt noe noen enna nar hvorfor hvordan returnere tilbake skoene sko pengene penger og at det den som til med pa av fra hei god dag takk tusen vennligst bestilling ordre ordren bud budet kom levering faktura adresse endre storrelse feil avbestille i gar dag morgen snakke kan dere`,
  },
  fi: {
    words: `missa on minun pakettini paketti paketin tilaus tilaukseni tilauksen hei moi terve haluan haluaisin palauttaa kengat en ei ole viela saanut mitaan milloin koska miksi miten saan rahat rahani takaisin kiitos paljon hyvaa paivaa kuriiri tullut tuli lahetys lahetysta lasku osoite vaihtaa muuttaa koko rikki vaara peruuttaa eilen tanaan huomenna ja etta se han kun mutta tai onko voiko voinko puhua ihmisen`,
  },
  vi: {
    letters: /[ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/u,
    words: 'toi cua don hang dau roi muon tra lai giay khi nao nhan duoc tien hoan cam on ban khong den chua giao shop oi minh cho xin chao',
  },
  id: {
    words: `di mana dimana paket saya aku barang belum sampai juga kapan uang dikembalikan kembali mau ingin mengembalikan sepatu terima kasih makasih banyak tidak nggak gak ga bisa tolong dengan dan yang untuk ini itu sudah udah ada apa bagaimana kenapa mengapa pesanan pengiriman kurir alamat ganti ubah ukuran rusak salah batalkan kemarin hari besok selamat pagi siang malam halo kak saja dari ke pakai`,
  },
  fa: {
    letters: /[ژپگچ]\p{L}*[یک]|\p{L}*‌\p{L}+/u,
    words: 'من را کجاست است هست نیست برای چرا هنوز سفارش کفش پس بدهم شده نشده رسیده نرسیده می خواهم میخواهم خواهش ممنون متشکرم شما سلام لطفا چه کی پول بسته پست که این آن با به از تا',
  },
  ur: { letters: /[ٹڈڑںےھہ]/u, words: 'میرا کہاں ہے نہیں آرڈر پارسل پیسے واپس شکریہ کب کیوں مجھے چاہیے' },
  'ru-Latn': { words: 'gde moy moi moya zakaz zakaza zakazat posylka posilka privet zdravstvuyte zdravstvuite spasibo pozhaluysta pojaluista kogda pochemu dengi vernut vernite vozvrat ne prishel prishla prishlo prishol hochu xochu mozhno mojno kurer kurier pomogite razmer skolko nuzhno adres ya vy u menya net da chto' },
  'ar-Latn': {
    letters: ARABIC_DIGITS,
    words: 'badde nseet nsit esm ghayer mostalem men na2es maktoub ma shi shu sar weselni wselni talabi 2esm hu howa wen wein wayn feen fein el ana enta inti mesh msh mish mafi mafish wala wla ya3ni yalla yala habibi inshallah nshallah shukran chokran salam salamo alaykom kifach kifash wach wash bghit bghina walou dyal dyali fayn fin lcommande order tlabiya talab talabi shipment baddi bede biddi badi 3ayez 3ayz 3andi momken mumkin law sama7t emta imta leh lesh bkam kam yom lissa lessa wasal wsel flous floos rajje3 sma7 tawsil',
  },
};

/** Scripts of which we speak no language. */
const SCRIPTS: readonly (readonly [tag: string, letters: RegExp])[] = [
  ['ja', /[\u3041-\u30ff\uff66-\uff9f]/gu], ['ko', /[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]/gu], ['th', /[\u0e00-\u0e7f]/gu], ['hi', /\p{Script=Devanagari}/gu], ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu], ['hy', /\p{Script=Armenian}/gu], ['ka', /\p{Script=Georgian}/gu], ['bn', /\p{Script=Bengali}/gu], ['pa', /\p{Script=Gurmukhi}/gu], ['gu', /\p{Script=Gujarati}/gu],
  ['ta', /\p{Script=Tamil}/gu], ['te', /\p{Script=Telugu}/gu], ['kn', /\p{Script=Kannada}/gu], ['ml', /\p{Script=Malayalam}/gu], ['si', /\p{Script=Sinhala}/gu], ['my', /\p{Script=Myanmar}/gu], ['km', /\p{Script=Khmer}/gu],
  ['lo', /\p{Script=Lao}/gu], ['am', /\p{Script=Ethiopic}/gu],
];

const WORD = /[\p{L}\p{M}\p{N}\u200c]+(?:['’][\p{L}\p{M}]+)*/gu;
const WORDS_READ = 60;
const LONG = 5;
const CYRILLIC = /[\u0400-\u04ff]/u;
const UNCOMMON = /[^a-zа-яё]/u;
const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/gu, 'i').replace(/ł/gu, 'l').replace(/đ/gu, 'd').replace(/ø/gu, 'o').replace(/æ/gu, 'ae');

const TAGS = Object.keys(SIGNS);
const LETTERS = TAGS.map((tag) => SIGNS[tag]?.letters);
/** The languages (by place) that use a word. */
const USERS = new Map<string, readonly number[]>();
TAGS.forEach((tag, place) => {
  for (const word of new Set((SIGNS[tag]?.words ?? '').split(/\s+/u).map(plain))) if (word !== '') USERS.set(word, [...(USERS.get(word) ?? []), place]);
});

/** The script of a text none of our languages is written in, by the language most often written in it. */
export function foreignScript(text: string): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [tag, letters] of SCRIPTS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [best, most] = [tag, count];
  }
  return best;
}

/** What the likeliest language of ours knows of a word. */
export interface Acquaintance {
  /** How common it is there: 0, 0.5 or 1. */
  readonly common: number;
  /** Whether it was ever met there. */
  readonly isMet: boolean;
  /** How many runs of its letters were met there, and how many there are. */
  readonly runsMet: number;
  readonly runs: number;
}

/** Not told which. */
const UNDETERMINED = 'und';

/**
 * The language not spoken here that a text in one of our scripts is in, if its words say so clearly: they are those of
 * another language more than of ours, or hardly a word or a run of letters is ever met in ours.
 */
export function foreignLanguage(text: string, acquaint: (word: string) => Acquaintance): string | undefined {
  const words = [...text.toLowerCase().normalize('NFC').matchAll(WORD)].slice(0, WORDS_READ).map(([word]) => word).filter((word) => /\p{L}/u.test(word) && (!/\p{N}/u.test(word) || ARABIC_DIGITS.test(word)));
  if (words.length === 0) return undefined;
  const scores = new Float64Array(TAGS.length);
  let [ours, met, runs, runsMet] = [0, 0, 0, 0];
  let isMarked = false;
  for (const word of words) {
    const known = acquaint(word);
    ours += known.common;
    met += known.isMet ? 1 : 0;
    runs += known.runs;
    runsMet += known.runsMet;
    const users = new Set(USERS.get(plain(word)));
    if (UNCOMMON.test(word)) {
      LETTERS.forEach((letters, place) => {
        if (!letters?.test(word)) return;
        users.add(place);
        isMarked = true;
        // Letters no Russian writes say more than a foreign name in Latin ones.
        if (CYRILLIC.test(word)) scores[place] = (scores[place] ?? 0) + 1;
      });
    }
    // What is a word of ours as well speaks for both.
    for (const place of users) scores[place] = (scores[place] ?? 0) + (known.common > 0 ? 0.5 : 1);
  }
  let best = 0;
  scores.forEach((score, place) => {
    if (score > (scores[best] ?? 0)) best = place;
  });
  const score = scores[best] ?? 0;
  const count = words.length;
  const isStrange = (share: number, shareOfRuns: number): boolean => met <= count * share && runsMet <= runs * shareOfRuns;
  // A short word alone is said in many languages.
  const isTheirs = count > 2 ? score >= 2 && score >= count * 0.3 && score > ours : score >= count && ours === 0 && (isMarked || words.some((word) => word.length >= LONG));
  if (isTheirs || (score >= 1 && isStrange(0.4, 0.7) && (count > 1 || isMarked))) return TAGS[best];
  return count > 2 && isStrange(0.26, 0.6) ? UNDETERMINED : undefined;
}

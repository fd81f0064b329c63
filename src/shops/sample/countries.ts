/** What the sample needs to know of a country to invent people and journeys there. Names are `native|latin`, or latin alone. */
export interface SampleCountry {
  readonly code: string;
  readonly currency: 'EUR' | 'USD' | 'GBP';
  readonly locale: string;
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Given name first unless the country puts the family name first, with or without a space. */
  readonly nameOrder: 'given-family' | 'family-given' | 'family-given-joined';
  /** City, pattern of the postcode, region where it is written, zone. */
  readonly places: readonly { readonly city: string; readonly postcode: string; readonly region?: string; readonly timeZone: string }[];
  /** Street and number as one line; `#` stands for a digit, `~` for one that is not nought. */
  readonly streets: readonly string[];
  readonly phone: string;
  readonly lastMile: string;
  /** Where parcels enter the country and lie in customs. */
  readonly entry: string;
  /** Hours ahead of UTC, roughly: good enough to deliver by day. */
  readonly hoursAhead: number;
  readonly isInEu: boolean;
  /** How many of every hundred customers live there. */
  readonly weight: number;
}

const place = (timeZone: string) => (city: string, postcode: string, region?: string) => ({ city, postcode, timeZone, ...(region === undefined ? {} : { region }) });
const [us, gb, de, fr, es] = ['America/New_York', 'Europe/London', 'Europe/Berlin', 'Europe/Paris', 'Europe/Madrid'].map(place) as [Placing, Placing, Placing, Placing, Placing];
const [it, pl, pt, br, mx] = ['Europe/Rome', 'Europe/Warsaw', 'Europe/Lisbon', 'America/Sao_Paulo', 'America/Mexico_City'].map(place) as [Placing, Placing, Placing, Placing, Placing];
const [kz, ru, ae, vn, cn] = ['Asia/Almaty', 'Europe/Moscow', 'Asia/Dubai', 'Asia/Ho_Chi_Minh', 'Asia/Shanghai'].map(place) as [Placing, Placing, Placing, Placing, Placing];
type Placing = ReturnType<typeof place>;

/** The fifteen countries of the sample's customers. */
export const sampleCountries: readonly SampleCountry[] = [
  {
    code: 'ES', currency: 'EUR', locale: 'es-ES', nameOrder: 'given-family', hoursAhead: 1, isInEu: true, weight: 14,
    given: ['Lucía', 'Javier', 'Carmen', 'Álvaro', 'Nuria', 'Iñigo', 'Rocío', 'Sergio', 'Inés', 'Rubén'],
    family: ['García Ruiz', 'Núñez', 'Ibáñez', 'Romero', 'Castaño', 'Peña', 'Vidal Soler', 'Ortega', 'Muñoz', 'Gil'],
    places: [es('Madrid', '280##', 'Madrid'), es('Valencia', '460##', 'Valencia'), es('Sevilla', '410##', 'Sevilla'), es('Bilbao', '480##', 'Bizkaia')],
    streets: ['Calle de la Luna 1#, 3º B', 'Avenida del Puerto 4#', 'Plaza del Olivo ~', 'Calle Mayor 2#, 1º'], phone: '+34 6## ### ###', lastMile: 'Correo del Sol', entry: 'Madrid-Barajas',
  },
  {
    code: 'DE', currency: 'EUR', locale: 'de-DE', nameOrder: 'given-family', hoursAhead: 1, isInEu: true, weight: 11,
    given: ['Jürgen', 'Käthe', 'Lukas', 'Anneliese', 'Björn', 'Sabine', 'Matthias', 'Greta', 'Sören', 'Heike'],
    family: ['Müller', 'Schäfer', 'Weiß', 'Köhler', 'Brandt', 'Lindemann', 'Groß', 'Jäger', 'Vogt', 'Hoffmann'],
    places: [de('Berlin', '10###'), de('Hamburg', '20###'), de('München', '80###'), de('Köln', '50###')],
    streets: ['Lindenstraße 1#', 'Am Mühlbach ~', 'Gartenweg 2#', 'Bahnhofstraße 7#'], phone: '+49 151 #######', lastMile: 'Rheinpaket', entry: 'Leipzig/Halle',
  },
  {
    code: 'FR', currency: 'EUR', locale: 'fr-FR', nameOrder: 'given-family', hoursAhead: 1, isInEu: true, weight: 9,
    given: ['Élodie', 'Benoît', 'Chloé', 'François', 'Anaïs', 'Jérôme', 'Zoé', 'Loïc', 'Maëlle', 'Rémi'],
    family: ['Lefèvre', 'Moreau', 'Bérard', 'Gauthier', 'Châtelain', 'Besson', 'Noël', 'Marchand', 'Delaunay', 'Petit'],
    places: [fr('Paris', '7501#'), fr('Lyon', '690##'), fr('Nantes', '440##'), fr('Lille', '590##')],
    streets: ['1# rue des Lilas', '4# avenue du Moulin', '~ place de la Fontaine', '2# rue Haute'], phone: '+33 6 ## ## ## ##', lastMile: 'Colis Lumière', entry: 'Roissy',
  },
  {
    code: 'IT', currency: 'EUR', locale: 'it-IT', nameOrder: 'given-family', hoursAhead: 1, isInEu: true, weight: 5,
    given: ['Giulia', 'Niccolò', 'Chiara', 'Matteo', 'Noemi', 'Davide', 'Sofia', 'Pietro'], family: ['Rossi', 'Bianchi', 'Colombo', 'De Luca', 'Ferri', 'Galli', 'Monti', 'Villa'],
    places: [it('Milano', '201##', 'MI'), it('Torino', '101##', 'TO'), it('Bologna', '401##', 'BO')],
    streets: ['Via dei Tigli 1#', 'Corso Vecchio 4#', 'Via San Marco ~'], phone: '+39 3## #######', lastMile: 'Posta Adria', entry: 'Milano-Malpensa',
  },
  {
    code: 'PL', currency: 'EUR', locale: 'pl-PL', nameOrder: 'given-family', hoursAhead: 1, isInEu: true, weight: 8,
    given: ['Małgorzata', 'Paweł', 'Katarzyna', 'Łukasz', 'Zofia', 'Grzegorz', 'Agnieszka', 'Michał'], family: ['Wójcik', 'Woźniak', 'Król', 'Pawlak', 'Gołąb', 'Kaźmierczak', 'Mróz', 'Świderek'],
    places: [pl('Kraków', '30-###'), pl('Wrocław', '50-###'), pl('Gdańsk', '80-###'), pl('Łódź', '90-###')],
    streets: ['ul. Lipowa 1#/4', 'ul. Źródlana ~', 'al. Zwycięstwa 4#/12', 'ul. Słoneczna 2#'], phone: '+48 5## ### ###', lastMile: 'Paczka Wisła', entry: 'Warszawa-Okęcie',
  },
  {
    code: 'PT', currency: 'EUR', locale: 'pt-PT', nameOrder: 'given-family', hoursAhead: 0, isInEu: true, weight: 4,
    given: ['Inês', 'João', 'Beatriz', 'Gonçalo', 'Conceição', 'Tomás'], family: ['Simões', 'Araújo', 'Carvalho', 'Magalhães', 'Antunes', 'Leitão'],
    places: [pt('Lisboa', '1#00-###'), pt('Porto', '4#00-###'), pt('Coimbra', '3000-###')],
    streets: ['Rua das Flores 1#, 2.º Dto.', 'Avenida da Praia 4#', 'Travessa do Forno ~'], phone: '+351 91# ### ###', lastMile: 'Encomendas Atlântico', entry: 'Lisboa-Portela',
  },
  {
    code: 'GB', currency: 'GBP', locale: 'en-GB', nameOrder: 'given-family', hoursAhead: 0, isInEu: false, weight: 9,
    given: ['Imogen', 'Callum', 'Siân', 'Rhys', 'Harriet', 'Owen', 'Niamh', 'Alistair'], family: ['Whitfield', 'Ashby', 'Pemberton', 'Llewellyn', 'Sinclair', 'Hargreaves', 'O’Connor', 'Thorne'],
    places: [gb('London', 'SE1# #@@'), gb('Leeds', 'LS# #@@'), gb('Bristol', 'BS# #@@'), gb('Glasgow', 'G1# #@@')],
    streets: ['1# Willow Lane', 'Flat 3, 4# Mill Road', '~ Orchard Close', '2# Station Road'], phone: '+44 7700 900###', lastMile: 'Albion Parcels', entry: 'East Midlands',
  },
  {
    code: 'US', currency: 'USD', locale: 'en-US', nameOrder: 'given-family', hoursAhead: -5, isInEu: false, weight: 12,
    given: ['Madison', 'Tyler', 'Jasmine', 'Brandon', 'Hailey', 'Marcus', 'Denise', 'Caleb', 'Monique', 'Logan'], family: ['Whitaker', 'Delgado', 'Nguyen', 'Freeman', 'Kowalski', 'Okafor', 'Bennett', 'Ramirez', 'Tran', 'Larson'],
    places: [us('Brooklyn', '112##', 'NY'), us('Columbus', '432##', 'OH'), place('America/Los_Angeles')('Portland', '972##', 'OR'), place('America/Chicago')('Austin', '787##', 'TX')],
    streets: ['1## Maple Street Apt 4', '4## Cedar Avenue', '2### Lakeview Drive', '7# Elm Court'], phone: '+1 202 555 01##', lastMile: 'Prairie Parcel', entry: 'Los Angeles',
  },
  {
    code: 'BR', currency: 'USD', locale: 'pt-BR', nameOrder: 'given-family', hoursAhead: -3, isInEu: false, weight: 5,
    given: ['Thiago', 'Letícia', 'Vinícius', 'Patrícia', 'Caio', 'Larissa'], family: ['Gonçalves', 'Ribeiro', 'Assunção', 'Teixeira', 'Falcão', 'Moura'],
    places: [br('São Paulo', '01###-###', 'SP'), br('Curitiba', '80###-###', 'PR'), br('Recife', '50###-###', 'PE')],
    streets: ['Rua das Acácias, 1##', 'Avenida Brasil Novo, 4##, ap. 52', 'Rua do Sol, 2#'], phone: '+55 11 9####-####', lastMile: 'Encomenda Verde', entry: 'Guarulhos',
  },
  {
    code: 'MX', currency: 'USD', locale: 'es-MX', nameOrder: 'given-family', hoursAhead: -6, isInEu: false, weight: 4,
    given: ['Ximena', 'Emiliano', 'Guadalupe', 'Ángel', 'Renata', 'Héctor'], family: ['Cárdenas', 'Ríos', 'Domínguez', 'Zúñiga', 'Treviño', 'Salas'],
    places: [mx('Ciudad de México', '06###', 'CDMX'), mx('Guadalajara', '44###', 'Jalisco'), mx('Mérida', '97###', 'Yucatán')],
    streets: ['Calle Jacarandas 1#, Col. Centro', 'Av. de los Pinos 4##', 'Privada del Lago ~'], phone: '+52 55 #### ####', lastMile: 'Paquete Quetzal', entry: 'Ciudad de México',
  },
  {
    code: 'KZ', currency: 'EUR', locale: 'ru-KZ', nameOrder: 'given-family', hoursAhead: 5, isInEu: false, weight: 3,
    given: ['Алия|Aliya', 'Данияр|Daniyar', 'Жанна|Zhanna', 'Тимур|Timur', 'Сауле|Saule'], family: ['Сейткали|Seitkali', 'Жумабай|Zhumabay', 'Нурлан|Nurlan', 'Бектас|Bektas', 'Кенжебек|Kenzhebek'],
    places: [kz('Алматы', '0500##'), kz('Астана', '0100##'), kz('Шымкент', '1600##')],
    streets: ['ул. Абрикосовая, 1#, кв. 7', 'пр. Степной, 4#', 'мкр. Восток, д. ~'], phone: '+7 701 ### ####', lastMile: 'Steppe Courier', entry: 'Алматы',
  },
  {
    code: 'RU', currency: 'EUR', locale: 'ru-RU', nameOrder: 'given-family', hoursAhead: 3, isInEu: false, weight: 4,
    given: ['Екатерина|Ekaterina', 'Дмитрий|Dmitriy', 'Ольга|Olga', 'Артём|Artyom', 'Юлия|Yuliya'], family: ['Черных|Chernykh', 'Седых|Sedykh', 'Щербань|Shcherban', 'Журавель|Zhuravel', 'Мельник|Melnik'],
    places: [ru('Москва', '101###'), ru('Казань', '420###'), place('Asia/Novosibirsk')('Новосибирск', '630###')],
    streets: ['ул. Садовая, д. 1#, кв. 45', 'пр. Мира, д. 4#', 'Речной пер., д. ~'], phone: '+7 916 ###-##-##', lastMile: 'Volga Kurier', entry: 'Москва',
  },
  {
    code: 'AE', currency: 'USD', locale: 'ar-AE', nameOrder: 'given-family', hoursAhead: 4, isInEu: false, weight: 4,
    given: ['فاطمة|Fatima', 'خالد|Khalid', 'مريم|Maryam', 'سالم|Salem', 'نورة|Noura'], family: ['الهاشمي|Alhashimi', 'المنصوري|Almansoori', 'الزعابي|Alzaabi', 'الكعبي|Alkaabi', 'السويدي|Alsuwaidi'],
    places: [ae('دبي', '00000'), ae('أبوظبي', '00000'), ae('الشارقة', '00000')],
    streets: ['شارع النخيل، بناية 1#، شقة 4', 'شارع الواحة 4#', 'حي الياسمين، فيلا ~'], phone: '+971 50 ### ####', lastMile: 'Dune Express', entry: 'Dubai South',
  },
  {
    code: 'VN', currency: 'USD', locale: 'vi-VN', nameOrder: 'family-given', hoursAhead: 7, isInEu: false, weight: 3,
    given: ['Thị Hồng Nhung', 'Văn Đức', 'Minh Châu', 'Quốc Bảo', 'Thùy Dương'], family: ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đặng'],
    places: [vn('Hà Nội', '100##'), vn('Thành phố Hồ Chí Minh', '700##'), vn('Đà Nẵng', '500##')],
    streets: ['1# phố Hàng Sen', '4# đường Trúc Bạch', 'Ngõ ~, đường Láng Mới'], phone: '+84 90 ### ## ##', lastMile: 'Sông Xanh Express', entry: 'Nội Bài',
  },
  {
    code: 'CN', currency: 'EUR', locale: 'zh-CN', nameOrder: 'family-given-joined', hoursAhead: 8, isInEu: false, weight: 5,
    given: ['晓燕|Xiaoyan', '建国|Jianguo', '雨桐|Yutong', '志强|Zhiqiang', '思远|Siyuan', '丽|Li'], family: ['李|Li', '张|Zhang', '刘|Liu', '陈|Chen', '赵|Zhao', '黄|Huang'],
    places: [cn('上海市', '2000##', '上海'), cn('杭州市', '3100##', '浙江'), cn('成都市', '6100##', '四川'), cn('广州市', '5100##', '广东')],
    streets: ['青石路1#号2栋402室', '柳荫街4#号', '新月小区~号楼1201室'], phone: '+86 138 #### ####', lastMile: '灯笼速递', entry: '上海',
  },
];

/** The country of a code; the sample knows no other. */
export function countryOf(code: string): SampleCountry {
  const found = sampleCountries.find((country) => country.code === code);
  if (found === undefined) throw new RangeError(`The sample has no country ${code}`);
  return found;
}

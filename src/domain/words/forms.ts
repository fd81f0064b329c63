/** A Russian noun or adjective without its ending of case and number. */
export const russianStem = (word: string): string => word.replace(/(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ах|ях|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ам|ям|ых|их|ы|и|а|я|о|е|у|ю|ь|й)$/u, '');

/** Whether a word is another form of a word of a name: with the article written to it in Arabic, with an ending of case in Russian. */
export const isFormOf = (said: string, named: string): boolean => (/^\p{Script=Arabic}+$/u.test(said) ? said.replace(/^(?:وال|بال|لل|ال|و)/u, '') === named.replace(/^ال/u, '')
  : /^\p{Script=Cyrillic}{4,}$/u.test(said) && /^\p{Script=Cyrillic}{4,}$/u.test(named) && russianStem(said) === russianStem(named));

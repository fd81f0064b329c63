/** "I mean the …", "I was asking about my …": another thing is meant than the one that was told of. */
const MEANT = new RegExp([
  String.raw`\bi (?:mean|meant|was (?:asking|talking) about|am (?:asking|talking) about)\s+(?:the|my|that|this|those|these|one)\b|\bi['’]?m (?:asking|talking) about\s+(?:the|my|that|this|those|these|one)\b`,
  String.raw`\bme refer(?:ía|ia|o|í) (?:al?|a mi)(?!\p{L})|\bme refiero (?:al?|a mi)(?!\p{L})|\b(?:quise|quería) decir (?:el|la|los|las|mi)(?!\p{L})`, String.raw`\b(?:me refiro|refiro-me|me referia) (?:ao?s?|à)(?!\p{L})|\b(?:quis|queria) dizer (?:o|a|os|as|meu|minha)(?!\p{L})|\bestou falando d[oae]s?(?!\p{L})`,
  String.raw`\bje (?:parle|parlais) d(?:e|u|es)(?!\p{L})|\bje (?:veux|voulais) dire (?:l[ea]s?|mon|ma|mes|celle|celui)(?!\p{L})`, String.raw`\bich (?:meine|meinte) (?:den|die|das|meine?n?)(?!\p{L})`,
  String.raw`(?<!\p{L})я (?:име\p{L}+ в виду|про|говор\p{L}+ (?:про|об?))(?!\p{L})`, '(?:أقصد|اقصد|أعني|اعني|قصدت)', '我(?:是)?(?:说|指)的?(?:是)?',
].join('|'), 'iu');

/** Whether a message only says which thing was meant by the one before. */
export const isMeant = (text: string): boolean => MEANT.test(text);

/** A name behind a word for it, where a language has no capitals to tell names by. */
export const LABELLED = /(?:收件人|收货人|姓名|名字)[^，。,]{0,12}?(?:改成|改为|换成|更改为|应该是|应该叫|是|叫|[:：])\s*(?<han>\p{Script=Han}{2,4})|(?:المستلم|الاسم|اسم)[^،.]{0,20}?(?:إلى|هو|يكون|:)\s*(?<arabic>\p{Script=Arabic}+(?: \p{Script=Arabic}+){1,3})/u;

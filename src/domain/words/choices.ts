/** The number of a button, typed: "2", "no. 2", "第2个". */
export const TYPED_NUMBER = /^(?:#|no\.? |n[oº°]\.? |第)?(\d{1,2})(?: ?[个号]| \))?$/u;

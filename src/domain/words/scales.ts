import type { Entity } from '../understanding.js';

/** How much something asks of whoever uses it, from little to much. */
export const LEVELS: readonly (readonly string[])[] = [['beginner', 'novice', 'easy', 'simple', 'principiante', 'fácil', 'facil', 'iniciante', 'débutant', 'debutant', 'facile', 'anfänger', 'anfanger', 'einfach', 'leicht', 'начинающий', 'легкий', 'مبتدئ', 'سهل', '初级', '入门', '简单'],
  ['intermediate', 'moderate', 'intermedio', 'intermediário', 'intermediario', 'intermédiaire', 'intermediaire', 'mittel', 'fortgeschritten', 'средний', 'متوسط', '中级', '中等'],
  ['advanced', 'hard', 'difficult', 'avanzado', 'avançado', 'avancado', 'difícil', 'dificil', 'avancé', 'avance', 'difficile', 'schwer', 'schwierig', 'сложный', 'متقدم', 'صعب', '高级', '困难'], ['expert', 'professional', 'experto', 'especialista', 'profi', 'experte', 'эксперт', 'خبير', '专家', '专业']];

/** Words of option names by what is compared. */
export const OPTION_NAMES: Readonly<Record<Extract<Entity, { kind: 'comparison' }>['of'], RegExp>> = {
  price: /(?!)/u, size: /size|width|diameter|capacity|screen|height|length|frame|gros|talla|tamano|grosse|размер|尺/u, brightness: /bright|watt|lumen|hell|亮/u, length: /length|height|width|long|lange|длин|长/u,
  weight: /weight|gewicht|peso|вес|重/u, capacity: /capacity|volume|storage|memory|inhalt|容量/u, resolution: /resolution|pixel|auflos|分辨/u, speed: /speed|速/u, difficulty: /difficult|level|skill|schwierig|niveau|nivel|сложн|уров|难|级|صعوب|مستوى/u, any: /(?!)/u,
};

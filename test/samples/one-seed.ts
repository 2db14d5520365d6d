/** Whether a scenario's comment says that it passes with its own seed only, as in `Meant for seed 9.` */
export function meansOneSeed(doc: string): boolean {
  return /\bMeant for seed \d+\b/.test(doc);
}

/**
 * Where a rule stands: sentences name the section of the Raft paper (`§5.4.1`), of Ongaro's dissertation (`D §9.6`), a figure, or the
 * part of etcd in brackets. They stand in the sentences alone, so that a sentence and its source cannot part; here they are read out again.
 */

/** A sentence and the sources it names. */
export interface Cited {
  /** Without the brackets. */
  readonly text: string;
  /** `§5.2`, `D §6.4`, `Figure 2`, `etcd: lease/lessor.go`: each once, in the order of the sentence. */
  readonly sections: readonly string[];
}

/** A bracket that begins with a source, in English or Chinese brackets; the space before it goes with it. */
const BRACKET = /\s?[(（]((?:(?:D )?§|Figure \d|图 ?\d|etcd)[^()（）]*)[)）]/gu;
const PAPER = /(D )?§(\d+(?:\.\d+)*)|(?:Figure|图) ?(\d+)/gu;

/** Takes the sources out of a sentence. */
export function cited(sentence: string): Cited {
  const sections: string[] = [];
  const text = sentence.replace(BRACKET, (_whole, inside: string) => {
    for (const mark of marksOf(inside)) if (!sections.includes(mark)) sections.push(mark);
    return "";
  });
  return { text, sections };
}

/** The sentence with its sources in brackets at its end again. */
export function withSections(text: string, sections: readonly string[]): string {
  return sections.length === 0 ? text : `${text} (${sections.join(", ")})`;
}

function marksOf(inside: string): readonly string[] {
  if (inside.startsWith("etcd")) return [inside.replace("：", ": ").replaceAll("，", ", ")];
  let dissertation = false;
  return [...inside.matchAll(PAPER)].map(([, d, section, figure]) => {
    if (section === undefined) return `Figure ${figure}`;
    // `D §3.10, §4.2.1`: both of the dissertation.
    dissertation ||= d !== undefined;
    return dissertation ? `D §${section}` : `§${section}`;
  });
}

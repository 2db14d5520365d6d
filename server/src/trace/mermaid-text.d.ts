/** A text of one line, safe wherever mermaid expects one; never empty. */
export declare function mermaidText(text: string): string;

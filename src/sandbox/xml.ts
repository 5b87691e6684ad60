/** Content of an XML element: text, elements by name, or a list that repeats the element's name. */
export type Xml =
  string | number | boolean | { readonly [name: string]: Xml | undefined } | readonly Xml[];

/** Writes a whole document. */
export function xmlDocument(name: string, content: Xml, namespace?: string): string {
  const attribute = namespace ? ` xmlns="${namespace}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${inner(content)}</${name}>\n`;
}

function inner(content: Xml): string {
  if (typeof content !== "object") return escape(String(content));
  return Object.entries(content)
    .map(([name, value]) => (value === undefined ? "" : element(name, value)))
    .join("");
}

function element(name: string, content: Xml): string {
  if (Array.isArray(content)) return content.map((each: Xml) => element(name, each)).join("");
  return `<${name}>${inner(content)}</${name}>`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

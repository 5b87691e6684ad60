type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An XML element; its attributes are escaped, its content is XML already. */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
  const start = [name, ...Object.entries(attributes).flatMap(attribute)].join(" ");
  return content.length === 0 ? `<${start}/>` : `<${start}>${content.join("\n")}</${name}>`;
}

/** Text as it stands in XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function attribute([name, value]: [string, string | number | undefined]): string[] {
  if (value === undefined) return [];
  const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
  return [`${name}="${escapeXml(text)}"`];
}

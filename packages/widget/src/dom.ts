const SVG = 'http://www.w3.org/2000/svg';

/** An outline on a field of 24 by 24. Made piece by piece, as pages may forbid to make elements of text. */
export function outline(name: string, d: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...children);
  return element;
}

export function button(name: string, ...children: Node[]): HTMLButtonElement {
  const element = make('button', name, ...children);
  element.type = 'button';
  return element;
}

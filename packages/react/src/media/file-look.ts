/** Sorts of files that look alike: by the ends of their names. */
const SORTS: Readonly<Record<string, readonly string[]>> = {
  document: ['pdf', 'doc', 'docx', 'odt', 'rtf', 'pages', 'epub'],
  table: ['xls', 'xlsx', 'ods', 'csv', 'tsv', 'numbers'],
  slides: ['ppt', 'pptx', 'odp', 'key'],
  archive: ['zip', 'rar', '7z', 'gz', 'tgz', 'bz2', 'xz', 'tar'],
  sound: ['mp3', 'wav', 'flac', 'ogg', 'opus', 'm4a', 'aac'],
  moving: ['mp4', 'mov', 'mkv', 'webm', 'avi'],
  still: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'svg', 'tif', 'tiff'],
};

/** What is read as text whatever is in it: nothing of it is ever run. */
const TEXTS = new Set(
  'txt md markdown log csv tsv json jsonl yaml yml toml ini conf xml html htm svg css js mjs ts tsx jsx py rb go rs java kt c h cpp hpp cs php sh sql diff patch srt vtt ics vcf tex'.split(
    ' ',
  ),
);

/** Larger texts are only downloaded, in bytes. */
const SMALL_TEXT = 256_000;

/** The end of a name, in small letters; '' where it has none that looks like one. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** Which colour a file has: `table`, `archive`; `other` for what is not known. */
export function sortOf(name: string): string {
  const ending = endingOf(name);
  return Object.entries(SORTS).find(([, endings]) => endings.includes(ending))?.[0] ?? 'other';
}

/** Whether the content can be shown in place. */
export const isSmallText = ({ name, type, size }: { name: string; type: string; size: number }): boolean =>
  size <= SMALL_TEXT && (type.startsWith('text/') || TEXTS.has(endingOf(name)));

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Characters at the end of a long name that are always seen: the ending, and what often tells one from another. */
const TAIL = 10;

/** A name in two, of which the first is cut where there is no room; what is short stays in one. */
export function nameParts(name: string): readonly [head: string, tail: string] {
  const characters = [...graphemes.segment(name)].map(({ segment }) => segment);
  if (characters.length < 2 * TAIL) return [name, ''];
  return [characters.slice(0, -TAIL).join(''), characters.slice(-TAIL).join('')];
}

import { type RefObject, type TextareaHTMLAttributes, useLayoutEffect } from 'react';

export interface WritingFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
}

/** Whether the style sheet lets the field grow by itself (CSS UI 4, `field-sizing`). */
const growsByItself = (): boolean => globalThis.CSS?.supports?.('field-sizing', 'content') === true;

/** A field that is as high as its text; how high it may become is for the style sheet. */
export function WritingField({ field, value, ...rest }: WritingFieldProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another height.
  useLayoutEffect(() => {
    const { current } = field;
    if (current === null || growsByItself()) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [field, value]);
  return (
    <textarea
      {...rest}
      ref={field}
      rows={1}
      value={value}
      // Without a text the direction is that of the page, for the place-holder's sake.
      dir={value === '' ? undefined : 'auto'}
    />
  );
}

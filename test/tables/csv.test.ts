import { expect } from "expect";
import fc from "fast-check";
import { formatCsv, parseCsv } from "../../src/tables/csv.ts";

const fieldsOf = (text: string) => parseCsv(text, ",").map(({ fields }) => fields);

Deno.test("what is written is read back: quotes, separators, line breaks, marks, any Unicode", () => {
  const field = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', ",", "\t", "\r", "\n", "\ufeff", "a", " ") }),
  );
  const row = fc.array(field, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 5 }),
      fc.constantFrom(",", "\t") as fc.Arbitrary<"," | "\t">,
      (rows, separator) => {
        const read = parseCsv(formatCsv(rows, separator), separator);
        expect(read.map(({ fields }) => fields)).toEqual(rows);
      },
    ),
  );
});

Deno.test("RFC 4180: lines end in CRLF or LF, the last one or not; quotes are doubled in quotes", () => {
  expect(fieldsOf('a,b\r\n1,"x ""y"", z"\r\n')).toEqual([["a", "b"], ["1", 'x "y", z']]);
  expect(fieldsOf("a,b\n1,2")).toEqual([["a", "b"], ["1", "2"]]);
  expect(fieldsOf('a\n"two\r\nlines"\n')).toEqual([["a"], ["two\r\nlines"]]);
  expect(fieldsOf(",\n")).toEqual([["", ""]]);
  expect(fieldsOf("a,")).toEqual([["a", ""]]);
});

Deno.test("a byte order mark and empty lines are nothing; an empty field in quotes is a row", () => {
  expect(fieldsOf("\ufeffa\n\n\r\n1\n")).toEqual([["a"], ["1"]]);
  expect(fieldsOf('a\n""\n')).toEqual([["a"], [""]]);
});

Deno.test('a quote inside a field is a character: 5" screen', () => {
  expect(fieldsOf('5" screen,a\n')).toEqual([['5" screen', "a"]]);
});

Deno.test("a row knows the line that it begins on, and so does an error", () => {
  expect(parseCsv('a\n"1\n2"\n\n3\n', ",").map(({ line }) => line)).toEqual([1, 2, 5]);
  expect(() => parseCsv('a\n"1\n2"x\n', ",")).toThrow("line 3: it has text behind a closing quote");
  expect(() => parseCsv('a\n"1\n2\n', ",")).toThrow("line 2: a quote is never closed");
});

// Makes the spreadsheets in test/golden/files with LibreOffice: node scripts/make-golden-files.js
// The tests read the committed files; this is only run again when a case is added. It needs `soffice`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../test/golden/files/', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'golden-'))

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** @param {string} value */
const text = (value) =>
  `<table:table-cell office:value-type="string">${value
    .split('\n')
    .map((line) => `<text:p>${escape(line)}</text:p>`)
    .join('')}</table:table-cell>`

/** @param {number} value */
const number = (value) => `<table:table-cell office:value-type="float" office:value="${value}"/>`

/** @param {string} style @param {string} value */
const date = (style, value) =>
  `<table:table-cell table:style-name="${style}" office:value-type="date" office:date-value="${value}"/>`

const empty = '<table:table-cell/>'
const richText =
  '<table:table-cell office:value-type="string"><text:p>บ้าน<text:span text:style-name="bold">หนองใหญ่</text:span> (Nong Yai)</text:p></table:table-cell>'

/** @param {number} columns @param {string} value */
const merged = (columns, value) =>
  `<table:table-cell table:number-columns-spanned="${columns}" table:number-rows-spanned="1" office:value-type="string"><text:p>${value}</text:p></table:table-cell>` +
  `<table:covered-table-cell table:number-columns-repeated="${columns - 1}"/>`

/** @param {string[]} cells */
const row = (cells) => `<table:table-row>${cells.join('')}</table:table-row>`

const households = [
  row([merged(9, 'บัญชีครัวเรือนเป้าหมาย จังหวัดบุรีรัมย์')]),
  row([merged(9, 'ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๕')]),
  row([empty]),
  row(['ลำดับ', 'เลขประจำตัวประชาชน', 'ชื่อ-สกุล', 'บ้านเลขที่', 'หมู่บ้าน', 'วันเกิด', 'โทรศัพท์', 'หมายเหตุ', 'ผ่านเกณฑ์'].map(text)),
  row([
    number(1),
    number(9310100000011),
    text('นายสมชาย ใจดี'),
    text('27/1'),
    richText,
    date('dmy', '1965-05-12'),
    number(812345678),
    text('ขาดรายได้\nดูแลแม่'),
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
  ]),
  row([
    text('๒'),
    text('9310100000029'),
    text('นางสาวทองดี & ลูก <2 คน>'),
    date('dayMonth', '2022-01-27'),
    text('บ้านโนนสูง'),
    date('dmy', '2508-05-12'),
    text('081-234-5678'),
    empty,
    '<table:table-cell office:value-type="boolean" office:boolean-value="false"/>',
  ]),
  row([empty]),
  row([
    number(3),
    text('๙-๓๑๐๑-๐๐๐๐๐-๐๓-๗'),
    text(' พ.ศ. ๒๕๖๕ '),
    text('5'),
    text('บ้าน "ใหม่", หมู่ 3'),
    text('๑๒ พ.ค. ๒๕๐๘'),
    text(''),
    number(1234.5),
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
  ]),
  row([merged(2, 'รวม'), '<table:table-cell table:formula="of:=[.A5]+2" office:value-type="float" office:value="3"/>']),
].join('')

const second = [row([text('รหัส'), text('ชื่อหมู่บ้าน')]), row([text('31010101'), text('บ้านหนองใหญ่')])].join('')
const third = [row([text('ซ่อน')])].join('')

const dateStyle =
  '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
const workbook = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="dateDmy">${dateStyle}</number:date-style>
<number:date-style style:name="dateDayMonth"><number:day/><number:text>-</number:text><number:month number:textual="true"/></number:date-style>
<style:style style:name="dmy" style:family="table-cell" style:data-style-name="dateDmy"/>
<style:style style:name="dayMonth" style:family="table-cell" style:data-style-name="dateDayMonth"/>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"/></style:style>
<style:style style:name="hiddenTable" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="ครัวเรือน">${households}</table:table>
<table:table table:name="หมู่บ้าน">${second}</table:table>
<table:table table:name="ซ่อนไว้" table:style-name="hiddenTable">${third}</table:table>
</office:spreadsheet></office:body></office:document>`

writeFileSync(join(work, 'households.fods'), workbook)

/** @param {string} filter @param {string} target */
function convert(filter, target) {
  const options = [
    '--headless',
    `-env:UserInstallation=file://${work}/profile`,
    '--convert-to',
    filter,
    '--outdir',
    work,
  ]
  execFileSync('soffice', [...options, join(work, 'households.fods')], { stdio: 'ignore' })
  const extension = filter.split(':')[0]
  writeFileSync(join(folder, target), readFileSync(join(work, `households.${extension}`)))
  console.log(target)
}

convert('xlsx:Calc MS Excel 2007 XML', 'households.xlsx')
convert('xls:MS Excel 97', 'households.xls')
convert('ods:calc8', 'households.ods')
// Field separator, text quote, character set (76 = UTF-8, 32 = windows-874), first line.
convert('csv:Text - txt - csv (StarCalc):44,34,76,1', 'households.csv')
convert('csv:Text - txt - csv (StarCalc):59,34,32,1', 'households-874.csv')
convert('html:HTML (StarCalc)', 'households.html')
rmSync(work, { recursive: true })

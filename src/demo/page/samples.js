// Files for visitors who have none at hand: an invoice and a list of serial numbers.

// The smallest package of the demo's price list.
const SERIALS = 50;

export function sampleInvoice(name) {
  return new File([pdf(INVOICE)], name, { type: 'application/pdf' });
}

/** Each list is new, since a shop takes no serial number twice. */
export function sampleSerials(name) {
  const [batch] = crypto.getRandomValues(new Uint32Array(1));
  const stem = `DEMO-${batch.toString(16).toUpperCase().padStart(8, '0')}`;
  const lines = Array.from({ length: SERIALS }, (_, index) => `${stem}-${String(index + 1).padStart(4, '0')}\n`);
  return new File(lines, name, { type: 'text/plain' });
}

// The fonts that every PDF reader has know Latin letters only.
const INVOICE = [
  '0.09 0.41 0.36 rg 56 752 483 4 re f 0 g',
  line('F2', 26, 56, 708, 'INVOICE'),
  line('F1', 11, 56, 688, 'A sample of the keydesk demo: nobody has to pay it.'),
  '0.8 G 0.5 w 56 640 m 539 640 l S 56 606 m 539 606 l S',
  line('F2', 11, 56, 618, 'Licence keys'),
  line('F1', 11, 400, 618, 'see the order'),
  line('F1', 11, 56, 580, 'The amount and the due date stand in the message with this file.'),
].join('\n');

function line(font, size, x, y, words) {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
}

/** A PDF of one A4 page; `content` says in ASCII what stands on it. */
function pdf(content) {
  const font = (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R'
      + ' /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>',
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`
    + `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

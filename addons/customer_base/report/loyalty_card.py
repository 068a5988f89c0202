import base64
import io

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import code128, qr
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import inch, mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from odoo import api, models
from odoo.tools.misc import file_path

REPORT_NAME = "customer_base.loyalty_card"

# A bank card (ISO/IEC 7810 ID-1), two by five on a sheet, edge to edge: one cut each.
CARD_WIDTH, CARD_HEIGHT = 85.6 * mm, 54 * mm
COLUMNS, ROWS = 2, 5
PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = (PAGE_WIDTH - COLUMNS * CARD_WIDTH) / 2
BOTTOM = (PAGE_HEIGHT - ROWS * CARD_HEIGHT) / 2
PADDING = 5.5 * mm  # no ink where an inexact cut would take it away
INNER = CARD_WIDTH - 2 * PADDING

QR_SIZE = 20 * mm
BARS_WIDTH = INNER - QR_SIZE - 3 * mm
BARS_HEIGHT = 10.5 * mm
# Widths of the thinnest bar, in dots of a printer so that all bars come out alike:
# below the first cheap scanners give up, above the second it looks clumsy.
DOT = inch / 600
BAR_MIN, BAR_MAX = 5, 10  # 0.21 mm and 0.42 mm

# Helvetica, the font of every PDF, has no Polish letters. This one comes with Odoo.
FONT, FONT_BOLD = "CustomerCard", "CustomerCard-Bold"
_FONT_FILES = {
    FONT: "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf",
    FONT_BOLD: "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf",
}
GREY = Color(0.42, 0.42, 0.45)
MARK = Color(0.6, 0.6, 0.6)
ACCENT = HexColor("#26323F")


class LoyaltyCard(models.AbstractModel):
    """Draws the loyalty cards of customers on sheets to print and cut."""

    _name = f"report.{REPORT_NAME}"
    _description = "Loyalty Cards"

    @api.model
    def _render_pdf(self, partners):
        """Draw a card for each customer among ``partners``, ten on a sheet.

        :param partners: ``res.partner``; those who are no customers are left out
        :return: the PDF, bytes
        :raise AccessError: when the user may not see them
        :raise UserError: when none of them is a customer
        """
        customers = partners.exists()._check_some_customers()
        customers.check_access("read")
        customers._ensure_customer_code()
        self._register_fonts()
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=A4)
        canvas.setTitle(self.env._("Loyalty cards"))
        brands = {}
        for number, customer in enumerate(customers):
            place = number % (COLUMNS * ROWS)
            if not place:
                if number:
                    canvas.showPage()
                self._draw_cut_marks(canvas)
            company = customer.company_id or self.env.company
            if company not in brands:
                brands[company] = self._brand(company)
            canvas.saveState()
            canvas.translate(
                LEFT + place % COLUMNS * CARD_WIDTH,
                BOTTOM + (ROWS - 1 - place // COLUMNS) * CARD_HEIGHT,
            )
            language = customer.lang or self.env.lang
            self.with_context(lang=language)._draw_card(
                canvas, customer, brands[company]
            )
            canvas.restoreState()
        canvas.save()
        return buffer.getvalue()

    @api.model
    def _render_html(self):
        """Core's HTML preview of a report, which this one has not; bytes."""
        text = self.env._("Loyalty cards are printed as PDF: use the Print menu.")
        return f"<p>{text}</p>".encode()

    @api.model
    def _register_fonts(self):
        for name, path in _FONT_FILES.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, file_path(path)))

    @api.model
    def _brand(self, company):
        """What a card shows of the shop: dict of name, logo, colour and contact."""
        logo = None
        if company.logo and not company.uses_default_logo:
            try:
                logo = ImageReader(io.BytesIO(base64.b64decode(company.logo)))
            except Exception:  # an SVG, a broken file: the name will do
                logo = None
        try:
            colour = HexColor(company.primary_color or "")
        except ValueError:
            colour = ACCENT
        website = (company.website or "").split("//")[-1].strip("/")
        return {
            "name": company.name,
            "logo": logo,
            "colour": colour,
            "contact": [line for line in (website, company.phone) if line],
        }

    @api.model
    def _draw_cut_marks(self, canvas):
        """Hairlines in the margin for a guillotine, crosses for scissors."""
        canvas.setStrokeColor(MARK)
        canvas.setLineWidth(0.3)
        gap, length, arm = 1.5 * mm, 5 * mm, 1 * mm
        right, top = PAGE_WIDTH - LEFT, PAGE_HEIGHT - BOTTOM
        xs = [LEFT + column * CARD_WIDTH for column in range(COLUMNS + 1)]
        ys = [BOTTOM + row * CARD_HEIGHT for row in range(ROWS + 1)]
        for x in xs:
            canvas.line(x, top + gap, x, top + gap + length)
            canvas.line(x, BOTTOM - gap, x, BOTTOM - gap - length)
        for y in ys:
            canvas.line(LEFT - gap, y, LEFT - gap - length, y)
            canvas.line(right + gap, y, right + gap + length, y)
        for x in xs:
            for y in ys:
                canvas.line(x - arm, y, x + arm, y)
                canvas.line(x, y - arm, x, y + arm)

    @api.model
    def _draw_card(self, canvas, customer, brand):
        self._draw_head(canvas, brand)
        self._draw_name(canvas, customer.name or "")
        code = customer.customer_code
        left = CARD_WIDTH - PADDING - QR_SIZE + 1.2 * mm  # its white border stands out
        self._draw_qr(canvas, code, left, PADDING - 1.2 * mm)
        bars = self._bars(code)
        if bars:
            self._draw_bars(canvas, bars)
        canvas.setFillColor(black)
        text, size = self._fit(code, FONT, 10, 6, BARS_WIDTH)
        canvas.setFont(FONT, size)
        canvas.drawString(PADDING, PADDING, text)

    @api.model
    def _draw_name(self, canvas, name):
        """On one line, or on two when it would become too small."""
        canvas.setFillColor(black)
        lines = [name]
        if pdfmetrics.stringWidth(name, FONT_BOLD, 10) > INNER:
            lines = simpleSplit(name, FONT_BOLD, 10, INNER)
            lines = [lines[0], " ".join(lines[1:])] if lines[1:] else lines
        for number, line in enumerate(lines):
            text, size = self._fit(line, FONT_BOLD, 10 if lines[1:] else 14, 8, INNER)
            canvas.setFont(FONT_BOLD, size)
            height = 30.5 * mm if lines[1:] else 28.5 * mm
            canvas.drawString(PADDING, height - number * 4.4 * mm, text)

    @api.model
    def _draw_head(self, canvas, brand):
        top = CARD_HEIGHT - PADDING
        title = self.env._("Loyalty card")
        canvas.setFillColor(GREY)
        canvas.setFont(FONT, 8)
        canvas.drawRightString(CARD_WIDTH - PADDING, top - 6, title)
        for number, line in enumerate(brand["contact"], 1):
            text, size = self._fit(line, FONT, 6.5, 5, 34 * mm)
            canvas.setFont(FONT, size)
            canvas.drawRightString(CARD_WIDTH - PADDING, top - 6 - number * 9, text)
        room = INNER - 36 * mm
        if brand["logo"]:
            canvas.drawImage(
                brand["logo"],
                PADDING,
                top - 10.5 * mm,
                width=room,
                height=11 * mm,
                preserveAspectRatio=True,
                anchor="w",
                mask="auto",
            )
        else:
            name, size = self._fit(brand["name"], FONT_BOLD, 13, 7, room)
            canvas.setFillColor(brand["colour"])
            canvas.setFont(FONT_BOLD, size)
            canvas.drawString(PADDING, top - 10, name)
        canvas.setStrokeColor(brand["colour"])
        canvas.setLineWidth(1.6)
        canvas.line(PADDING, 36.2 * mm, CARD_WIDTH - PADDING, 36.2 * mm)

    @api.model
    def _fit(self, text, font, size, smallest, width):
        """Shrink the text to ``width``, and cut it when that is not enough.

        :return: the text and its size in points
        """
        full = pdfmetrics.stringWidth(text, font, size)
        if full <= width:
            return text, size
        size = max(smallest, size * width / full)
        while text and pdfmetrics.stringWidth(text, font, size) > width + 0.01:
            text = text.removesuffix("…")[:-1].rstrip() + "…"
            if text == "…":
                break
        return text, size

    @api.model
    def _bars(self, code):
        """The barcode, or None for a code that Code 128 or the card cannot hold."""
        if not code.isascii() or not code.isprintable():
            return None  # reportlab would leave the character out: another code
        bars = code128.Code128(code, barWidth=1, quiet=False)
        quiet = 20  # modules of white that the standard asks for, left and right
        dots = min(BARS_WIDTH / DOT // (bars.width + quiet / 2), BAR_MAX)
        if dots < BAR_MIN:
            return None
        return code128.Code128(
            code, barWidth=dots * DOT, barHeight=BARS_HEIGHT, quiet=False
        )

    @api.model
    def _draw_bars(self, canvas, bars):
        # The padding of the card is the white on the left.
        canvas.setFillColor(black)
        bars.drawOn(canvas, PADDING, PADDING + 4.5 * mm)

    @api.model
    def _draw_qr(self, canvas, code, x, y):
        widget = qr.QrCodeWidget(
            code, barLevel="M", barBorder=2, barWidth=QR_SIZE, barHeight=QR_SIZE
        )
        drawing = Drawing(QR_SIZE, QR_SIZE)
        drawing.add(widget)
        renderPDF.draw(drawing, canvas, x, y)

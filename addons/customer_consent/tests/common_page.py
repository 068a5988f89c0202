from lxml import html

from .common import ConsentSetup


class ConsentPageSetup(ConsentSetup):
    """Reads pages of consents and sends their forms, as a browser without scripts does.

    Mixed in before an HTTP case.
    """

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def get(self, url, **kwargs):
        """:return: tuple of the response and its page, parsed"""
        response = self.url_open(url, **kwargs)
        return response, html.fromstring(response.content or b"<html/>")

    def form(self, page, purpose):
        """:return: dict of the fields of the form that answers for ``purpose``"""
        forms = page.xpath(
            f"//section[@data-purpose='{purpose.code}']//form[.//input[@name='answer']]"
        )
        self.assertEqual(len(forms), 1, purpose.code)
        return dict(forms[0].form_values())

    def post(self, url, form, granted, **kwargs):
        response = self.url_open(url, data={**form, "granted": granted}, **kwargs)
        self.env.invalidate_all()
        return response

    def shown(self, page):
        """Dict of code to state of the purposes on the page."""
        return {
            section.get("data-purpose"): section.get("data-state")
            for section in page.xpath("//section[@data-purpose]")
        }

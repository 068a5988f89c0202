from lxml import html

from odoo.tests.common import ChromeBrowser

from .common import ConsentSetup


class ConsentPageSetup(ConsentSetup):
    """Reads pages of consents and sends their forms, as a browser without scripts does.

    Mixed in before an HTTP case.
    """

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def walk(self, url, *steps):
        """Go through pages that have no script, and so no tour, in a real browser.

        :param str steps: of JavaScript, each waited for until it is true
        """
        browser = ChromeBrowser(self)
        self.addCleanup(browser.stop)
        with self.allow_requests(browser=browser):
            self.authenticate(None, None, browser=browser)
            self.cr.flush()
            self.cr.clear()
            browser.navigate_to(self.base_url() + url, wait_stop=True)
            for step in steps:
                self.assertTrue(browser._wait_ready(step, timeout=20), step)
            self._wait_remaining_requests()
        self.env.invalidate_all()

    @staticmethod
    def there(selector):
        """A step: something is on the page."""
        return f"document.querySelector({selector!r}) !== null"

    @staticmethod
    def click(selector):
        """A step: press something, once it is there."""
        return f"document.querySelector({selector!r}).click() === undefined"

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

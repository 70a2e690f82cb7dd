"""The questions of a reader, which are answered from each start page."""

import pytest
from playwright.sync_api import expect


def search(page, text):
    """Type into the search, and return the options."""
    page.get_by_role("combobox").press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


class Reader:
    """What a reader finds in at most three clicks from a start page, the fixture `start`."""

    @pytest.fixture(autouse=True)
    def _start(self, start):
        self.page = start
        self.clicks = 0
        self.open_data_browser()

    def open_data_browser(self):
        """Click on the way from the start page to the data browser, if they differ."""

    def click(self, locator):
        locator.click()
        self.clicks += 1
        assert self.clicks <= 3

    def test_what_the_article_cites_for_osteoblastic_lesions(self):
        row = self.page.get_by_role("row", name="Osteoblastic")
        assert row.locator(".cites a").all_inner_texts() == ["[5]", "[6]", "[12]"]
        self.click(row.get_by_role("link", name="Source 12"))
        source = self.page.locator("#source-12")
        expect(source.get_by_role("heading")).to_be_in_viewport()
        expect(source).to_contain_text("unresolved")
        expect(source.get_by_role("link", name="Osteoblastic").first).to_be_visible()

    def test_which_studies_disagree_with_up_to_75_percent(self):
        self.click(self.page.get_by_role("link", name="Evidence", exact=True))
        self.click(self.page.get_by_role("link", name="41 qualify"))
        heading = self.page.get_by_role(
            "heading", name="Bone metastasis has symptom pain, up to 75"
        )
        studies = heading.locator("xpath=following-sibling::ul[1]/li")
        expect(studies.locator("dt")).to_have_text(["91.6%", "84.1%", "77.2%", "40.5%", "33%"])
        expect(studies.first).to_contain_text("Vieira C et al., 2019")

    def test_the_icd_10_cm_codes_of_bone_metastasis(self):
        option = search(self.page, "bone metastasis").first
        self.click(option)
        contents = self.page.get_by_role("navigation", name="On this page")
        self.click(contents.get_by_role("link", name="Codes"))
        codes = self.page.locator("tbody:has(#codes-icd10cm) td:first-child")
        expect(codes).to_have_text(["C79.51", "C7B.03", "C79.5"])
        expect(codes.first).to_be_in_viewport()

"""Crawls a few guides of MyAnonamouse, and reports the result in one line."""

from cli.api_client import Api, ApiProblem
from shared.contracts.mam.crawler import CrawlerStatus, CrawlState


def crawl_guides(api: Api) -> str:
    """Run the task `mam_scraping` to its end. Returns what the crawler has read, or why it could not read."""
    try:
        api.follow(api.run_task("mam_scraping"), lambda _run: None)
        return words_of(api.crawler())
    except ApiProblem as problem:
        return f"Guides: not crawled; {problem}"


def words_of(crawler: CrawlerStatus) -> str:
    """The figures of the last crawl and what is stored, or the problem that ended the crawl."""
    if crawler.state is CrawlState.FAILED and not crawler.fetched:
        return f"Guides: not crawled; {crawler.problem}"
    parts = [
        f"{crawler.fetched} pages read",
        f"{crawler.guides} guides and {crawler.topic_pages} pages of topics stored",
        f"{crawler.waiting} pages left for the next crawl",
    ]
    if crawler.state is CrawlState.FAILED:
        parts.append(f"the crawl failed: {crawler.problem}")
    return f"Guides: {', '.join(parts)}"

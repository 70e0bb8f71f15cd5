"""Crawls a few guides of MyAnonamouse, and reports the result in one line."""

from cli.task_runs import run_to_end
from gapless_client import ApiProblem, Gapless
from gapless_client.models import CrawlerStatus, CrawlState


def crawl_guides(api: Gapless) -> str:
    """Run the task `mam_scraping` to its end. Returns what the crawler has read, or why it could not read."""
    try:
        run_to_end(api, "mam_scraping")
        return words_of(api.guides.get_crawler())
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

"""The forum of MyAnonamouse: boards and topics, both in pages."""

import html
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.mam.pages import Pages, page
from sandbox.world import Board, Post, Topic

TOPICS_ON_A_PAGE = 5
POSTS_ON_A_PAGE = 4
"""The real numbers are higher; with these the short topics of a world have several pages."""


class Forum:
    """The forum as HTML. Tests add posts between two crawls."""

    def __init__(self, boards: Sequence[Board]) -> None:
        self.boards = {each.number: each for each in boards}
        self.topics = {topic.number: topic for board in boards for topic in board.topics}
        self._board_of = {topic.number: board for board in boards for topic in board.topics}

    def routes(self, pages: Pages) -> list[Route]:
        """The routes of boards and topics, for members with a browser session."""
        return [
            pages.page("/f/b/{number:int}", self._answer_board),
            pages.page("/f/b/{number:int}/p/{page:int}", self._answer_board),
            pages.page("/f/t/{number:int}", self._answer_topic),
            pages.page("/f/t/{number:int}/p/{page:int}", self._answer_topic),
        ]

    def add_post(self, topic: int, post: Post) -> None:
        """Add a post to a topic. Raises KeyError if there is no topic with this number."""
        old = self.topics[topic]
        self.topics[topic] = old.model_copy(update={"posts": [*old.posts, post]})

    def board_page(self, number: int, page: int) -> str | None:
        """A page of a board, the topic with the newest post first; None if there is no such board."""
        board = self.boards.get(number)
        if board is None:
            return None
        topics = sorted((self.topics[each.number] for each in board.topics), key=_last_posted, reverse=True)
        shown = topics[(page - 1) * TOPICS_ON_A_PAGE : page * TOPICS_ON_A_PAGE]
        links = _page_links(f"/f/b/{number}", -(-len(topics) // TOPICS_ON_A_PAGE))
        rows = "".join(_row(topic) for topic in shown)
        return f"<h1>{html.escape(board.name)}</h1>{links}<table>{rows}</table>{links}"

    def topic_page(self, number: int, page: int) -> str | None:
        """A page of a topic, the oldest post first; None if there is no such topic."""
        topic = self.topics.get(number)
        if topic is None:
            return None
        board = self._board_of[number]
        posts = topic.posts[(page - 1) * POSTS_ON_A_PAGE : page * POSTS_ON_A_PAGE]
        links = _page_links(f"/f/t/{number}", -(-len(topic.posts) // POSTS_ON_A_PAGE))
        crumbs = f'<a href="/f/">Forums</a> &raquo; <a href="/f/b/{board.number}">{html.escape(board.name)}</a>'
        return f"{crumbs}<h1>{html.escape(topic.title)}</h1>{links}{''.join(_post(each) for each in posts)}{links}"

    def _answer_board(self, request: Request) -> Response:
        parameters = request.path_params
        content = self.board_page(parameters["number"], parameters.get("page", 1))
        return page("Forum", content) if content else page("Error", "<p>No board with that id.</p>", 404)

    def _answer_topic(self, request: Request) -> Response:
        parameters = request.path_params
        content = self.topic_page(parameters["number"], parameters.get("page", 1))
        return page("Forum", content) if content else page("Error", "<p>No topic with that id.</p>", 404)


def _last_posted(topic: Topic) -> str:
    return topic.posts[-1].posted


def _row(topic: Topic) -> str:
    first, last = topic.posts[0], topic.posts[-1]
    address, pages = f"/f/t/{topic.number}/p", -(-len(topic.posts) // POSTS_ON_A_PAGE)
    return (
        f'<tr><td><a href="{address}/1">{html.escape(topic.title)}</a> by {html.escape(first.author)}'
        f'<td class="topicReplies">{len(topic.posts) - 1}<td class="topicViews">{137 + 11 * topic.number}'
        f'<td>{last.posted} <a href="{address}/{pages}#{last.number}">by {html.escape(last.author)}</a></tr>'
    )


def _page_links(address: str, pages: int) -> str:
    links = " ".join(f'<a href="{address}/p/{number}">{number}</a>' for number in range(1, pages + 1))
    return f'<div class="linkbox">{links}</div>' if pages > 1 else ""


def _post(post: Post) -> str:
    return (
        f'<div class="forumPost" id="post{post.number}"><a name="{post.number}"></a>'
        f'<span class="postAuthor"><a href="/u/{post.number}">{html.escape(post.author)}</a></span> '
        f'<span class="postDate">{post.posted}</span><div class="postBody">{post.html}'
        f'<div class="postSignature">-- <br>{html.escape(post.author)} reads in the bath</div></div></div>'
    )

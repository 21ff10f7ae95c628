"""The files of the channels: what is public as feeds, mails, packages, gazettes and lists, from plain values.

The items come from the bureau, which records each sending; nothing here sends anything or knows a day of its own.
"""

from gongkai.documents.channels.bulletin import Bulletin, bulletin_mail
from gongkai.documents.channels.delivery_package import delivery_package
from gongkai.documents.channels.delivery_paper import delivery_paper
from gongkai.documents.channels.delivery_sheet import delivery_list
from gongkai.documents.channels.feeds import atom_feed, rss_feed
from gongkai.documents.channels.gazette import GazetteIssue, gazette_pdf
from gongkai.documents.channels.item import ChannelFile, ChannelItem
from gongkai.documents.channels.wechat import wechat_package
from gongkai.documents.channels.weibo import weibo_text

__all__ = [
    "Bulletin",
    "ChannelFile",
    "ChannelItem",
    "GazetteIssue",
    "atom_feed",
    "bulletin_mail",
    "delivery_list",
    "delivery_package",
    "delivery_paper",
    "gazette_pdf",
    "rss_feed",
    "wechat_package",
    "weibo_text",
]

"""The live server and the phone's pages, for every browser test in this folder."""

from tests.live_server import live as live
from tests.live_server import phone_page as phone_page

"""Who acts: what the rules need to know of a signed-in user, detached from the database."""

import uuid
from dataclasses import dataclass

from fieldapp.models.user import User


@dataclass(frozen=True)
class Actor:
    """A signed-in user. `team_id` is None for administrators without a team."""

    id: uuid.UUID
    name: str
    role: str
    team_id: uuid.UUID | None

    @property
    def initials(self) -> str:
        """The first letters of the first and the last word of the name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1]) if word) if len(words) > 1 else self.name[:2]


def actor_of(user: User) -> Actor:
    """Return the actor that this user is."""
    return Actor(user.id, user.name, user.role, user.team_id)

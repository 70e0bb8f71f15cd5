"""The gateway: the REST API, the event stream, webhooks and notifications."""

import warnings

from pydantic.warnings import UnsupportedFieldAttributeWarning

# FastAPI gives each parameter and body an alias. Pydantic warns of it for a model that makes its validator when it is
# first used, as our contracts do, although the alias has its effect.
warnings.filterwarnings("ignore", message="The 'alias' attribute", category=UnsupportedFieldAttributeWarning)

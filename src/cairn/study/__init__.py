"""The verbs that the faces share."""

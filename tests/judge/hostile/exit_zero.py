# tries: to end with success before it is judged
# full: error
# child-only: error
# plain: error
import os

os._exit(0)

set -eu
# Old pages hold the addresses of old files.
find "$CACHE" -type f -delete

# Sourced by ./braid and deploy/standalone/submit: the system then words its errors in English, as
# docs/failures.md shows them, and Java reads file names as UTF-8.
if [[ $'\n'$(locale -a 2>/dev/null)$'\n' =~ $'\n'C\.(utf8|UTF-8)$'\n' ]]; then
  export LC_ALL=C.UTF-8
else
  # A host without C.UTF-8 would take "C" instead, in which Java reads file names as ASCII. The
  # encoding then stays that of the host or its user.
  [[ -z "${LC_ALL:-}" ]] || export LC_CTYPE=$LC_ALL
  unset LC_ALL
  export LC_MESSAGES=C
fi

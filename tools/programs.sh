#!/usr/bin/env bash
# The programs that tests use beside Python: installs those of the browser tests where it may (root, apt),
# and says which tests are left out for want of the others. With CI set it installs all, and leaves nothing out.
set -euo pipefail

# command, font or file, Debian's packages, what is left out without it, whether make test installs it
programs() {
    cat <<'TABLE'
chromium|chromium|the page in Chromium|yes
chromedriver|chromium-driver|the page in Chromium|yes
firefox-esr|firefox-esr|the page in Firefox|yes
font:noto.*cjk|fonts-noto-cjk|Chinese letters in pictures of the page|yes
rapper|raptor2-utils|Turtle read by raptor|no
npm|nodejs npm|RDF read by rdf.js|no
javac|default-jdk-headless|OWL read by the OWL API|no
file:/usr/share/java/owlapi-distribution.jar|libowlapi-java|OWL read by the OWL API|no
virtuoso-t|virtuoso-opensource-7-bin|kg push to Virtuoso|no
TABLE
}

present() {
    case "$1" in
        # grep reads to the end: with -q it may leave first, and fc-list, cut off, would count as a failure
        font:*) fc-list 2>/dev/null | grep -i "${1#font:}" >/dev/null ;;
        file:*) [ -e "${1#file:}" ] ;;
        firefox-esr) command -v firefox-esr >/dev/null || command -v firefox >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

packages=()
while IFS='|' read -r program package _ always; do
    present "$program" && continue
    if [ "$always" = yes ] || [ -n "${CI:-}" ]; then
        read -ra parts <<<"$package"
        packages+=("${parts[@]}")
    fi
done < <(programs)

if [ "${#packages[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing ${packages[*]}" >&2
    { apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; } ||
        echo "apt could not install them" >&2
fi

missing=0
while IFS='|' read -r program package without _; do
    if ! present "$program"; then
        echo "left out: $without (${program#*:} is missing; Debian: $package)" >&2
        missing=1
    fi
done < <(programs)
if [ "$missing" = 1 ] && [ -n "${CI:-}" ]; then
    echo "nothing may be left out here: install what is missing" >&2
    exit 1
fi

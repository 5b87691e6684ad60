# Shared by the scripts beside it; the current folder is the project's root.

say() { printf '%s\n' "$*" >&2; }

require_node() {
  local version
  version=$(node -p 'process.versions.node' 2>/dev/null) || {
    say "Node.js 20.17 or newer is needed: https://nodejs.org/en/download"
    exit 1
  }
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 17) ? 0 : 1)' || {
    say "Node.js $version is too old: 20.17 or newer is needed."
    exit 1
  }
}

# npm ci, unless the packages are those of the lock file already.
install_packages() {
  require_node
  local stamp=node_modules/.awsmfa-lock
  if ! cmp -s package-lock.json "$stamp"; then
    say "Installing packages…"
    npm ci --loglevel=error >&2
    cp package-lock.json "$stamp"
  fi
}

can_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  say "Installing $* from Debian…"
  export DEBIAN_FRONTEND=noninteractive
  if ! apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; then
    apt-get update >/dev/null && apt-get install -y --no-install-recommends "$@" >/dev/null
  fi
}

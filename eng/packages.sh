# Shared by run and test: what the machine must have, installed when missing and said so.

need_dotnet() {
    command -v dotnet >/dev/null || { echo "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2; exit 2; }
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
}

# Debian packages by name. Some start a service of their own when installed (postgresql does where there is systemd); nothing here uses it:
# database and card daemon are private copies.
need_packages() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0

    echo "Installing Debian packages: ${missing[*]}"
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Not root and no sudo: install them yourself: apt-get install ${missing[*]}" >&2; exit 2; }
        sudo=(sudo)
    fi
    local log
    log=$(mktemp)
    if ! { "${sudo[@]}" apt-get update -qq && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "Installing failed; the whole log is $log." >&2
        exit 2
    fi
    rm -f "$log"
}

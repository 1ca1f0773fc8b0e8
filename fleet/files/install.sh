# Installs the 0.15 packages of PACKAGES from /repository, inside a host's new root. Nothing is started.

export DEBIAN_FRONTEND=noninteractive
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d

mkdir -p /etc/apt/keyrings
cp /repository/keyring.gpg /etc/apt/keyrings/fleet.gpg
list=/etc/apt/sources.list.d/fleet.list
echo "deb [signed-by=/etc/apt/keyrings/fleet.gpg] file:/repository fleet main" > $list
apt-get -q update
versions=
for package in $PACKAGES; do
    case $package in
        python-objpool) versions="$versions $package=0.3-1" ;;
        gunicorn-services) versions="$versions $package" ;;
        *) versions="$versions $package=0.15.2-1" ;;
    esac
done
# shellcheck disable=SC2086
[ -z "$versions" ] || apt-get -q -y install $versions

rm -f /usr/sbin/policy-rc.d
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
echo "deb [signed-by=/etc/apt/keyrings/fleet.gpg] http://repository.fleet:8000/ fleet main" > $list
: > /var/log/apt/history.log
: > /var/log/dpkg.log
mkdir -p /etc/fleet /var/log/fleet

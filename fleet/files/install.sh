# Installs PACKAGES (name=version) from /repository, inside a host's new root. Nothing is started.

export DEBIAN_FRONTEND=noninteractive
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d

mkdir -p /etc/apt/keyrings
cp /repository/keyring.gpg /etc/apt/keyrings/fleet.gpg
list=/etc/apt/sources.list.d/fleet.list
echo "deb [signed-by=/etc/apt/keyrings/fleet.gpg] file:/repository fleet main" > $list
apt-get -q update
# shellcheck disable=SC2086
[ -z "$PACKAGES" ] || apt-get -q -y install $PACKAGES

rm -f /usr/sbin/policy-rc.d
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
echo "deb [signed-by=/etc/apt/keyrings/fleet.gpg] http://repository.fleet:8000/ fleet main" > $list
: > /var/log/apt/history.log
: > /var/log/dpkg.log
mkdir -p /etc/fleet /var/log/fleet

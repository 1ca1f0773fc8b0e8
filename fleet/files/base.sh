# Runs once inside a new base root: what all hosts of the fleet have in common.

useradd --create-home --shell /bin/bash upgrade
echo 'upgrade ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/upgrade
chmod 0440 /etc/sudoers.d/upgrade

cat > /etc/ssh/sshd_config.d/fleet.conf <<'EOF'
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UseDNS no
EOF
# Every fleet has host keys of its own.
rm -f /etc/ssh/ssh_host_*

# The addresses come with the host; both inits read this file.
mkdir -p /etc/network/interfaces.d
printf 'auto lo\niface lo inet loopback\nsource /etc/network/interfaces.d/*\n' > /etc/network/interfaces

# Only what a test starts may change a host: no clock-driven apt, no consoles.
if [ -d /run/systemd ] || [ -x /lib/systemd/systemd ]; then
    systemctl mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer
    systemctl mask console-getty.service getty@.service systemd-networkd.service systemd-resolved.service
fi
if [ -f /etc/inittab ]; then
    sed -i '/getty/d' /etc/inittab
fi

# Restarts whatever uses something old, unasked, when apt is done.
if [ -d /etc/needrestart/conf.d ]; then
    echo "\$nrconf{restart} = 'a';" > /etc/needrestart/conf.d/fleet.conf
fi

# Hosts see the fleet's repository and nothing else.
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
: > /etc/machine-id

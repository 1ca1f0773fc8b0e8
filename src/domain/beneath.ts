/**
 * What lies beneath every stack: a change of one of these can take the way in, the database or the interpreter away,
 * and can't be taken back by installing old packages. Globs, by what they are.
 */
const groups = {
  libraries:
    'libc6 libc6-* libc-bin locales* libgcc-s1 libstdc++6 libcrypt1 libpam* libselinux1 libssl* libgnutls*',
  access: 'openssh-* ssh openssl sudo login passwd',
  init: `systemd systemd-* libsystemd* udev libudev* dbus dbus-* init init-system-helpers initscripts insserv
    orphan-sysvinit-scripts startpar sysv-rc sysvinit*`,
  database: 'postgresql postgresql-* mysql-* mariadb-*',
  packaging: 'apt debconf dpkg libapt-pkg*',
  base: `base-files base-passwd bash coreutils dash debianutils grep mount sed tar util-linux ifupdown iproute2 netbase
    linux-image-* grub-*`,
  interpreters: `perl perl-base perl-modules* libperl* python python-minimal libpython*
    python2 python2-minimal python2.? python2.?-* python3 python3-minimal python3.? python3.?-* python3.?? python3.??-*`,
};

/** Globs of packages that no upgrade changes unless its plan names them. */
export const beneathTheStack: readonly string[] = Object.values(groups).flatMap((names) =>
  names.split(/\s+/),
);

#!/usr/bin/env bash
# Makes a base image with a Java runtime and a shell out of what is installed on this machine, where no image can be pulled.
# Usage: jre.sh IMAGE    Needs: a JDK with jlink, a static busybox, docker with DOCKER_HOST set.
set -euo pipefail

image=$1
java=$(readlink -f "$(command -v jlink)")
jdk=${java%/bin/jlink}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/{bin,dev,etc,lib64,opt,proc,sys,usr/bin,var/lib}
install -d -m 1777 "$root/tmp"
"$jdk/bin/jlink" --output "$root/opt/java" --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 \
    --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.zipfs,jdk.localedata,jdk.charsets

cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $(busybox --list); do
    if [ "$applet" != busybox ]; then ln -s busybox "$root/bin/$applet"; fi
done
rm -f "$root/bin/bash"
cp "$(readlink -f /bin/bash)" "$root/bin/bash"
ln -s /bin/env "$root/usr/bin/env"

# The shared libraries of Java, of the shell and of what libraries in jars bring along, and those that look up host names.
{
    find "$root/opt/java" \( -name '*.so' -o -name java \) -type f -exec ldd {} + 2>/dev/null
    ldd /bin/bash
    for name in libstdc++.so.6 libgcc_s.so.1 libm.so.6 libpthread.so.0 libdl.so.2 librt.so.1 libnss_files.so.2 libnss_dns.so.2 \
        libresolv.so.2; do
        ldconfig -p | sed -n "s|^\s*$name .*=> |$name => |p" | head -n 1
    done
} | grep -oE '/[^ ()]+\.so[^ ()]*' | grep -v "^$root" | sort -u | while read -r library; do
    if [ -e "$library" ]; then
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    fi
done

printf 'root:x:0:0::/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

tar -C "$root" -c . | docker import --change 'ENV JAVA_HOME=/opt/java' --change 'ENV PATH=/opt/java/bin:/bin:/usr/bin' - "$image" >/dev/null

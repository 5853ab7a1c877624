#!/usr/bin/env bash
# Makes what docker/secure.env needs: an authority of its own, certificates of the broker and the administrator, a password
# for each application, and the settings of every client. Usage: secure.sh [DIR]    (default: secrets beside this script)
# Run again, it leaves what is there as it is. Needs openssl. Keep DIR out of version control and of backups in clear.
set -euo pipefail
umask 077

dir=${1:-$(dirname "$0")/secrets}
days=825
mkdir -p "$dir"
cd "$dir"

certificate() { # NAME SUBJECT-ALTERNATIVE-NAMES
    [ -f "$1/$1.pem" ] && return 0
    openssl req -new -newkey rsa:3072 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA authority/ca.pem -CAkey authority/ca.key -CAcreateserial -days "$days" -out "$1.crt" \
        -extfile <(printf 'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=%s\n' "$2") 2>/dev/null
    # A key and the certificates that vouch for it in one file, as Kafka's clients and brokers read it.
    cat "$1.key" "$1.crt" authority/ca.pem >"$1/$1.pem"
    rm "$1.key" "$1.csr" "$1.crt"
}

trust() { # PREFIX
    printf '%sssl.truststore.type=PEM\n%sssl.truststore.location=/etc/surgewire/ca.pem\n' "$1" "$1"
}

# What a container mounts is its own directory, with its own secret alone.
mkdir -p authority broker admin ingest streams registry consumer
if [ ! -f authority/ca.pem ]; then
    openssl req -x509 -newkey rsa:3072 -nodes -days "$days" -subj '/CN=surgewire-ca' \
        -keyout authority/ca.key -out authority/ca.pem -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
fi
certificate broker 'DNS:broker,DNS:broker-2,DNS:broker-3,DNS:localhost,IP:127.0.0.1'
certificate admin 'DNS:admin'

passwords=admin/passwords.properties
if [ ! -f "$passwords" ]; then
    for user in ingest streams registry consumer; do
        printf 'surgewire-%s=%s\n' "$user" "$(openssl rand -hex 24)"
    done >"$passwords"
fi

for user in ingest streams registry consumer; do
    prefix=
    if [ "$user" = registry ]; then prefix=apicurio.kafka.common.; fi
    password=$(sed -n "s/^surgewire-$user=//p" "$passwords")
    {
        printf '%ssecurity.protocol=SASL_SSL\n%ssasl.mechanism=SCRAM-SHA-512\n' "$prefix" "$prefix"
        printf '%ssasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required' "$prefix"
        printf ' username="surgewire-%s" password="%s";\n' "$user" "$password"
        trust "$prefix"
    } >"$user/client.properties"
done
{
    printf 'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=/etc/surgewire/admin.pem\n'
    trust ''
} >admin/client.properties

# Nobody but you comes in from outside; inside, containers read their own directory as users of their own.
for user in broker admin ingest streams registry consumer; do
    cp authority/ca.pem "$user/ca.pem"
    chmod 755 "$user"
    chmod 644 "$user"/*
done
printf 'secrets are in %s\n' "$PWD"

#!/usr/bin/env bash
# Makes the certificates and keys of PemFileTest and PeerMappingTest: for a hundred years, for tests alone.
set -euo pipefail
cd "$(dirname "$0")"
days=36500
openssl req -x509 -newkey rsa:1024 -nodes -days $days -subj '/O=Zuido/CN=Root' -keyout /tmp/root.key -out root.pem -addext basicConstraints=critical,CA:true
openssl req -newkey rsa:1024 -nodes -subj '/O=Zuido/CN=a.zuido.test' -keyout a-key.pem -out /tmp/a.csr
openssl x509 -req -in /tmp/a.csr -CA root.pem -CAkey /tmp/root.key -set_serial 2 -days $days -out a.pem \
  -extfile <(echo 'subjectAltName=DNS:a.zuido.test,IP:100.1.1.1')
openssl rsa -in a-key.pem -traditional -out a-pkcs1-key.pem
openssl pkcs8 -topk8 -in a-key.pem -passout pass:secret -out a-encrypted-key.pem
openssl rsa -in a-key.pem -traditional -aes128 -passout pass:secret -out a-encrypted-pkcs1-key.pem
openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out ec-key.pem
openssl genrsa -out other-key.pem 1024
rm -f /tmp/root.key /tmp/a.csr

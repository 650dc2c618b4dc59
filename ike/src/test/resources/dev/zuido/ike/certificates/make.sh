#!/bin/sh
# Makes the certificates and keys of the tests anew, with openssl 3. The keys are for tests only, and lie open here.
# What a test needs to be invalid is named so. Everything else is valid until 2099.
set -e
work=$(mktemp -d)
from=20240101000000Z
to=20990101000000Z

cat > "$work/ca.cnf" <<END
[ca]
default_ca = one
[one]
database = $work/index
serial = $work/serial
crlnumber = $work/crlnumber
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
organizationName = optional
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[a]
keyUsage = critical, digitalSignature
subjectAltName = IP:100.1.1.1, IP:2001:db8::1, DNS:a.example, email:Admin@a.example
[b]
keyUsage = critical, digitalSignature
subjectAltName = IP:200.1.1.1, IP:2001:db8::2, DNS:b.example, email:Admin@b.example
[nameless]
keyUsage = critical, digitalSignature
[unsigning]
keyUsage = critical, keyEncipherment
subjectAltName = IP:200.1.1.1
END
: > "$work/index"
echo 01 > "$work/serial"
echo 01 > "$work/crlnumber"

key() { # NAME [exponent]
  openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:"${2:-65537}" -out "$1-key.pem" 2>/dev/null ||
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:"${2:-65537}" -out "$1-key.pem" 2>/dev/null
}
issue() { # NAME SUBJECT EXTENSIONS KEY ISSUER [FROM TO]
  openssl req -new -key "$4" -subj "$2" -out "$work/request"
  if [ "$5" = self ]; then by="-selfsign -keyfile $4"; else by="-cert $5.pem -keyfile $work/$5-key.pem"; fi
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/request" -out "$1.pem" -extensions "$3" $by \
    -startdate "${6:-$from}" -enddate "${7:-$to}" 2>/dev/null
}
revocations() { # NAME ISSUER
  openssl ca -gencrl -config "$work/ca.cnf" -cert "$2.pem" -keyfile "$work/$2-key.pem" \
    -crl_lastupdate "$from" -crl_nextupdate "$to" -out "$1.pem"
}

for ca in root middle foreign-root; do
  key "$work/$ca"
done
issue root "/O=Zuido tests/CN=root" authority "$work/root-key.pem" self
issue foreign-root "/O=Zuido tests/CN=root" authority "$work/foreign-root-key.pem" self
issue middle "/O=Zuido tests/CN=middle" authority "$work/middle-key.pem" root
key a
key b
key b-exponent-3 3
issue a "/O=Zuido tests/CN=site a" a a-key.pem middle
issue b "/O=Zuido tests/CN=site b" b b-key.pem root
issue b-exponent-3 "/O=Zuido tests/CN=site b" b b-exponent-3-key.pem root
issue b-expired "/O=Zuido tests/CN=site b" b b-key.pem root 20010101000000Z 20020101000000Z
issue b-foreign "/O=Zuido tests/CN=site b" b b-key.pem foreign-root
issue b-nameless "/O=Zuido tests/CN=200.1.1.1" nameless b-key.pem root
issue b-unsigning "/O=Zuido tests/CN=site b" unsigning b-key.pem root
: > "$work/index"
revocations root-crl root
revocations middle-crl middle
openssl ca -config "$work/ca.cnf" -cert root.pem -keyfile "$work/root-key.pem" -revoke b.pem 2>/dev/null
revocations root-crl-b-revoked root
rm -rf "$work"

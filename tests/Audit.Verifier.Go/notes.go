package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

type keys struct {
	log       note.Verifier
	witnesses []witness
	seen      map[string]bool
}

func keysOf(texts []string) keys {
	if len(texts) == 0 {
		fmt.Fprintln(os.Stderr, "the log's key is missing")
		os.Exit(2)
	}
	log, err := note.NewVerifier(texts[0])
	check(err)
	k := keys{log: log, seen: map[string]bool{}}
	for _, text := range texts[1:] {
		parts := strings.SplitN(text, "+", 3)
		hash, _ := strconv.ParseUint(parts[1], 16, 32)
		octets, err := base64.StdEncoding.DecodeString(parts[2])
		check(err)
		k.witnesses = append(k.witnesses, witness{parts[0], uint32(hash), octets[1:]})
	}
	return k
}

type checkpoint struct {
	size, sequence int64
	root           tlog.Hash
}

// open judges a checkpoint's signatures; the log's by note.Open, the witnesses' (cosignature/v1, C2SP tlog-cosignature) by hand.
func (k keys) open(text string) (c checkpoint, ok bool) {
	opened, err := note.Open([]byte(text), note.VerifierList(k.log))
	if err != nil {
		found("a checkpoint is not signed: %v", err)
		return c, false
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 6 || lines[0] != k.log.Name() {
		found("a checkpoint is another log's")
		return c, false
	}
	c.size, _ = strconv.ParseInt(lines[1], 10, 64)
	c.root, err = tlog.ParseHash(lines[2])
	check(err)
	c.sequence, _ = strconv.ParseInt(strings.TrimPrefix(lines[3], "sequence "), 10, 64)
	for _, signature := range opened.UnverifiedSigs {
		for _, w := range k.witnesses {
			if signature.Name == w.name && signature.Hash == w.hash {
				k.cosigned(w, signature, opened.Text, c.size)
			}
		}
	}
	return c, true
}

func (k keys) cosigned(w witness, signature note.Signature, text string, size int64) {
	octets, err := base64.StdEncoding.DecodeString(signature.Base64)
	if err != nil || len(octets) != 4+8+ed25519.SignatureSize {
		found("the cosignature by %s on size %d is none", w.name, size)
		return
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(octets[4:12]), text)
	if ed25519.Verify(w.key, []byte(message), octets[12:]) {
		k.seen[w.name] = true
	} else {
		found("the cosignature by %s on size %d is not good", w.name, size)
	}
}

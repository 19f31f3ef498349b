// Command auditverify verifies an export for auditors (docs/audit-format.md) with none of this project's code: trees by Go's sumdb/tlog, notes by
// sumdb/note, the rest by hand. It exists so that the format is a format.
//
//	auditverify export FILE LOGKEY [WITNESSKEY…]    a whole export, compressed or not
//	auditverify bundle FILE LOGKEY [WITNESSKEY…]    a proof bundle
//	auditverify consistency FILE                    {"from","fromRoot","to","toRoot","hashes"}
//
// It prints what it found, a line each, and exits 0 when that is nothing, 1 when something, 3 when a file can't be read.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

var findings int

func found(format string, args ...interface{}) {
	findings++
	fmt.Printf(format+"\n", args...)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "auditverify export|bundle|consistency FILE [LOGKEY [WITNESSKEY…]]")
		os.Exit(2)
	}
	file, err := os.Open(os.Args[2])
	check(err)
	switch os.Args[1] {
	case "export":
		verifyExport(file, keysOf(os.Args[3:]))
	case "bundle":
		verifyBundle(file, keysOf(os.Args[3:]))
	case "consistency":
		verifyConsistency(file)
	}
	if findings > 0 {
		os.Exit(1)
	}
	fmt.Println("good")
}

// event is an event's line; headers and body stay the octets that they are.
type event struct {
	Kind, Stream, Type, ID, RecordedAt, Causation, Salt, Commitment string
	Index, Sequence, Version                                        int64
	Headers, Body                                                   json.RawMessage
	Leaf                                                            string
}

// record is what the leaf's hash is over.
func (e *event) record() []byte {
	provenance := sha256.Sum256([]byte(e.Causation + "\n" + string(e.Headers)))
	body := e.Commitment
	if body == "" {
		salt, _ := base64.StdEncoding.DecodeString(e.Salt)
		sum := sha256.Sum256(append(salt, e.Body...))
		body = base64.StdEncoding.EncodeToString(sum[:])
	}
	return []byte(strings.Join([]string{"jpki-event/1", strconv.FormatInt(e.Sequence, 10), e.Stream, strconv.FormatInt(e.Version, 10), e.Type,
		e.ID, e.RecordedAt, base64.StdEncoding.EncodeToString(provenance[:]), body, ""}, "\n"))
}

// masks are the masked events that no journal has announced yet, with the SHA-256 of what is left of their bodies.
type masks map[string]string

func (m masks) take(e *event) {
	if e.Commitment != "" {
		m[fmt.Sprintf("%s #%d", e.Stream, e.Version)] = fmt.Sprintf("%x", sha256.Sum256(e.Body))
	}
	if e.Type != "bodies-masked.v1" || !strings.HasPrefix(e.Stream, "journal/") {
		return
	}
	var entry struct {
		Resident string
		Bodies   []struct {
			Version int64
			Sha256  string
		}
	}
	if json.Unmarshal(e.Body, &entry) != nil {
		found("the announcement at sequence %d can't be read", e.Sequence)
	}
	for _, body := range entry.Bodies {
		place := fmt.Sprintf("%s #%d", entry.Resident, body.Version)
		if left, ok := m[place]; ok && left != body.Sha256 {
			found("the masked body of %s was altered", place)
		}
		delete(m, place)
	}
}

type line struct {
	event
	Size, Events, Checkpoints int64
	Note                      string
}

func verifyExport(file io.Reader, keys keys) {
	lines := bufio.NewReaderSize(plain(file), 1<<20)
	var hashes hashes // Every stored hash: this verifier is simple, not frugal.
	var size, sequence, checkpoints, proven int64
	versions := map[string]int64{}
	masked := masks{}
	var header, end *line
	for {
		text, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var l line
		if json.Unmarshal(text, &l) != nil {
			found("a line is damaged")
			continue
		}
		switch l.Kind {
		case "header":
			header = &l
		case "event":
			if l.Index != size {
				found("leaf %d stands where %d should", l.Index, size)
			}
			if l.Sequence <= sequence {
				found("sequence %d follows %d", l.Sequence, sequence)
			}
			if l.Version != versions[l.Stream]+1 || strings.ContainsAny(l.Stream+l.Type+l.ID+l.RecordedAt, "\n") {
				found("%s version %d follows %d", l.Stream, l.Version, versions[l.Stream])
			}
			leaf := tlog.RecordHash(l.record())
			if l.Leaf != "" && l.Leaf != leaf.String() {
				found("event %d (sequence %d, %s #%d) was altered", l.Index, l.Sequence, l.Stream, l.Version)
			}
			masked.take(&l.event)
			sequence, versions[l.Stream] = l.Sequence, l.Version
			more, err := tlog.StoredHashesForRecordHash(size, leaf, hashes)
			check(err)
			hashes, size = append(hashes, more...), size+1
		case "missing":
			found("event of leaf %d (sequence %d) is gone", l.Index, l.Sequence)
		case "stray":
			found("event at sequence %d has no leaf", l.Sequence)
		case "checkpoint":
			checkpoints++
			c, ok := keys.open(l.Note)
			if !ok {
				continue
			}
			if c.size != size || c.sequence != sequence {
				found("checkpoint of size %d stands where there are %d leaves", c.size, size)
			} else if root, err := tlog.TreeHash(size, hashes); err != nil || root != c.root {
				found("checkpoint of size %d has another root: something from leaf %d on is not what was signed", c.size, proven)
			} else {
				proven = size
			}
		case "end":
			end = &l
		}
	}
	for place := range masked {
		found("%s was masked, and no journal says so", place)
	}
	if header == nil || end == nil {
		found("the export has no first or no last line")
	} else if header.Size != size || end.Events != size || end.Checkpoints != checkpoints {
		found("the export says other numbers than it has")
	}
	if proven == 0 {
		found("nothing is proven")
	}
	for _, w := range keys.witnesses {
		if !keys.seen[w.name] {
			found("%s never cosigned", w.name)
		}
	}
}

func plain(file io.Reader) io.Reader {
	buffered := bufio.NewReader(file)
	if start, _ := buffered.Peek(2); bytes.Equal(start, []byte{0x1f, 0x8b}) {
		reader, err := gzip.NewReader(buffered)
		check(err)
		return reader
	}
	return buffered
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		read[i] = h[index]
	}
	return read, nil
}

func verifyBundle(file io.Reader, keys keys) {
	var bundle struct {
		Format      string
		Event       event
		Index, Size int64
		Hashes      []tlog.Hash
		Checkpoint  string
	}
	if json.NewDecoder(file).Decode(&bundle) != nil || bundle.Format != "jpki-proof/1" {
		found("no bundle")
		return
	}
	c, ok := keys.open(bundle.Checkpoint)
	leaf := tlog.RecordHash(bundle.Event.record())
	if !ok || c.size != bundle.Size || bundle.Event.Index != bundle.Index || tlog.CheckRecord(bundle.Hashes, c.size, c.root, bundle.Index, leaf) != nil {
		found("not proven")
	}
	for _, w := range keys.witnesses {
		if !keys.seen[w.name] {
			found("%s never cosigned", w.name)
		}
	}
}

func verifyConsistency(file io.Reader) {
	var proof struct {
		From, To         int64
		FromRoot, ToRoot tlog.Hash
		Hashes           []tlog.Hash
	}
	check(json.NewDecoder(file).Decode(&proof))
	if err := tlog.CheckTree(proof.Hashes, proof.To, proof.ToRoot, proof.From, proof.FromRoot); err != nil {
		found("%v", err)
	}
}

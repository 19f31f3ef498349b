using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Revocation;

/// <summary>
/// 失効リストの検査: reads a finished list in one pass, in the same memory however long it is, with another library than the one that wrote it
/// and with its own copy of every constant.
/// </summary>
public sealed class RevocationListLint(AuthoritySettings settings)
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    // As many as there are generations of keys.
    private readonly ConcurrentDictionary<Octets, IssuerFacts> issuers = new();

    /// <param name="file">DER.</param>
    /// <param name="entries">How many there must be.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public RevocationListReport Check(string file, RevocationListOrder order, long entries, Authority authority)
    {
        var findings = new List<LintFinding>();
        var issuer = issuers.GetOrAdd(authority.Certificate, each => IssuerFacts.Of(each.Span));
        if (Convert.ToHexStringLower(issuer.KeyId) != order.Scope.AuthorityKeyId)
            findings.Add(new("authority-key", "The authority's key is not the one the order names."));

        using var reader = new DerFileReader(file, issuer.Algorithm.Digest());
        byte[]? signature = null;
        try
        {
            signature = new Reading(reader, new(settings, order, authority, issuer), findings).Read(order.IsDelta, entries);
        }
        catch (AsnContentException malformed)
        {
            findings.Add(new("encoding", $"Not readable as a list, at octet {reader.Position} ({malformed.GetType().Name})."));
        }

        var (whole, signed) = reader.Hashes();
        if (signature is not null && !IsBy(issuer, signed, signature))
            findings.Add(new("signature", "The signature does not verify under the authority's key."));
        return new(findings, Octets.From(whole), reader.Length);
    }

    private static bool IsBy(IssuerFacts issuer, byte[] digest, byte[] signature)
    {
        if (issuer.Algorithm == KeyAlgorithm.Rsa2048Sha256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(issuer.PublicKey, out _);
            return rsa.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(issuer.PublicKey, out _);
        return ecdsa.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>One pass over one list.</summary>
    private readonly struct Reading(DerFileReader reader, ExpectedList expected, List<LintFinding> findings)
    {
        /// <returns>The signature.</returns>
        /// <exception cref="AsnContentException">The structure is not a list's; what comes after cannot be read.</exception>
        public byte[] Read(bool delta, long entries)
        {
            var length = reader.ReadHeader(Asn1Tag.Sequence);
            if (reader.Position + length != reader.Length)
                findings.Add(new("length", "The list does not end where the file does."));
            reader.BeginSigned();
            var signedLength = reader.ReadHeader(Asn1Tag.Sequence);
            var signedUntil = reader.Position + signedLength;
            Compare("version", expected.Version);
            Compare("signature-algorithm", expected.SignatureAlgorithm);
            Compare("issuer", expected.Issuer);
            Compare("this-update", expected.ThisUpdate);
            Compare("next-update", expected.NextUpdate);
            Entries(delta, entries);
            Extensions(signedUntil);
            Compare("signature-algorithm", expected.SignatureAlgorithm);
            var signature = AsnDecoder.ReadBitString(reader.ReadValue(), AsnEncodingRules.DER, out var unusedBits, out _);
            return unusedBits == 0 ? signature : throw new AsnContentException();
        }

        private void Entries(bool delta, long expectedCount)
        {
            var lint = new EntryLint(delta, findings);
            if (reader.IsNext(Asn1Tag.Sequence))
            {
                var length = reader.ReadHeader(Asn1Tag.Sequence);
                var until = reader.Position + length;
                // RFC 5280 5.1.2.6: no entries, no field.
                if (length == 0)
                    findings.Add(new("entry-count", "A list without entries has an empty field for them."));
                while (reader.Position < until)
                {
                    var left = Math.Min(until - reader.Position, EntryLint.Window);
                    reader.Skip(lint.Read(reader.Peek((int)left)));
                }
            }

            if (lint.Count != expectedCount)
                findings.Add(new("entry-count", $"{lint.Count} entries instead of {expectedCount}."));
        }

        private void Extensions(long signedUntil)
        {
            foreach (var tag in (ReadOnlySpan<Asn1Tag>)[ExtensionsTag, Asn1Tag.Sequence])
            {
                var length = reader.ReadHeader(tag);
                if (reader.Position + length != signedUntil)
                    throw new AsnContentException();
            }

            foreach (var each in expected.Extensions)
            {
                if (reader.Position < signedUntil)
                    Compare(each.Code, each.Encoded);
                else
                    findings.Add(new(each.Code, "Missing."));
            }

            if (reader.Position < signedUntil)
                findings.Add(new("extensions", "There are more extensions than the profile has."));
            while (reader.Position < signedUntil)
                reader.ReadValue();
        }

        private void Compare(string code, ReadOnlySpan<byte> value)
        {
            if (!reader.ReadValue().SequenceEqual(value))
                findings.Add(new(code, "Differs from the order or the profile."));
        }
    }
}

/// <summary>What the lint found.</summary>
/// <param name="Findings">Every departure; empty when the list is exactly what the order says.</param>
/// <param name="Sha256">Of the file that was read.</param>
/// <param name="Length">Of the file, octets.</param>
public sealed record RevocationListReport(IReadOnlyList<LintFinding> Findings, Octets Sha256, long Length);

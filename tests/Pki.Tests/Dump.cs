using Jpki.Domain; using Jpki.Pki.Keys;
namespace Jpki.Pki.Tests;
public class Dump(StoreFixture store) {
 [Fact] public void D(){ Directory.CreateDirectory("/tmp/pkidump"); foreach (var a in Enum.GetValues<KeyAlgorithm>()) foreach (var k in Enum.GetValues<CertificateKind>()) { File.WriteAllBytes($"/tmp/pkidump/{a}-{k}.der", store.Issue(a,k).ToArray()); File.WriteAllBytes($"/tmp/pkidump/{a}-{k}-ca.der", store.With(a).For(k).Certificate.ToArray()); } }
}

using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>A logged-in session. Not safe for concurrent use: a signature is two calls that belong together (C_SignInit, C_Sign).</summary>
internal sealed class TokenSession : IDisposable
{
    private static readonly Pkcs11InteropFactories Factories = TokenModules.Factories;

    private readonly ISession session;

    private TokenSession(ISession session) => this.session = session;

    /// <exception cref="KeyUnavailableException">The token is not present, or does not take the PIN.</exception>
    /// <exception cref="Pkcs11Exception">Another failure of the token.</exception>
    public static TokenSession Open(TokenAddress address, SessionType type, byte[] pin)
    {
        var session = address.OpenSession(type);
        try
        {
            session.Login(CKU.CKU_USER, pin);
        }
        // The login holds for all of a process's sessions with a token, so the second one finds it done.
        catch (Pkcs11Exception done) when (done.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
        }
        catch (Pkcs11Exception refused)
        {
            session.Dispose();
            throw IsPinRefusal(refused.RV)
                ? new KeyUnavailableException(StoreFailure.WrongPassphrase, $"{address} does not take this PIN: {refused.RV}.", refused)
                : refused;
        }

        return new(session);
    }

    /// <summary>The private key with that identifier; null when there is none.</summary>
    public IObjectHandle? Find(byte[] keyId) => FindAll(keyId, CKO.CKO_PRIVATE_KEY).FirstOrDefault();

    public byte[] Sign(CKM mechanism, IObjectHandle key, byte[] data)
    {
        using var how = Factories.MechanismFactory.Create(mechanism);
        return session.Sign(how, key, data);
    }

    public (IObjectHandle Public, IObjectHandle Private) Generate(CKM mechanism, List<IObjectAttribute> publicKey, List<IObjectAttribute> privateKey)
    {
        using var how = Factories.MechanismFactory.Create(mechanism);
        session.GenerateKeyPair(how, publicKey, privateKey, out var publicHandle, out var privateHandle);
        return (publicHandle, privateHandle);
    }

    public byte[] Read(IObjectHandle handle, CKA attribute) => session.GetAttributeValue(handle, [attribute])[0].GetValueAsByteArray();

    public void Write(IObjectHandle handle, CKA attribute, byte[] value)
    {
        using var changed = Factories.ObjectAttributeFactory.Create(attribute, value);
        session.SetAttributeValue(handle, [changed]);
    }

    public void ChangePin(byte[] from, byte[] to) => session.SetPin(from, to);

    public void Destroy(IObjectHandle handle) => session.DestroyObject(handle);

    /// <summary>Both halves of a pair; what is not there is no failure.</summary>
    public void DestroyPair(byte[] keyId)
    {
        foreach (var handle in FindAll(keyId, CKO.CKO_PRIVATE_KEY).Concat(FindAll(keyId, CKO.CKO_PUBLIC_KEY)))
            session.DestroyObject(handle);
    }

    public void Dispose()
    {
        try
        {
            session.Dispose();
        }
        // The token forgot the session before we closed it: what closing is for has happened.
        catch (Pkcs11Exception)
        {
        }
    }

    private List<IObjectHandle> FindAll(byte[] keyId, CKO objectClass)
    {
        using var byClass = Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, objectClass);
        using var byId = Factories.ObjectAttributeFactory.Create(CKA.CKA_ID, keyId);
        return session.FindAllObjects([byClass, byId]);
    }

    private static bool IsPinRefusal(CKR value) =>
        value is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LOCKED or CKR.CKR_PIN_EXPIRED or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE
            or CKR.CKR_USER_PIN_NOT_INITIALIZED;
}

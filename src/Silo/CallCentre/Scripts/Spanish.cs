using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>スペイン語</summary>
internal static class Spanish
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "es",
        Tag = "es",
        OwnName = "Español",
        Title = "Pérdida o robo de la tarjeta My Number",
        Lead = "Lea en voz alta desde el principio. Espere la respuesta a cada pregunta antes de continuar.",
        Parts =
        [
            new(ScriptStep.Greeting, "Para empezar", [
                "Este es el servicio para tarjetas My Number perdidas o robadas. Atiende las 24 horas del día, los 365 días del año.",
                "Durante la llamada, no me diga en ningún momento su PIN ni su My Number."]),
            new(ScriptStep.Identify, "Identificación", [
                "Para comprobar que usted es titular de la tarjeta, responda tal como figura en su registro de residente.",
                "Si sus respuestas no coinciden con el registro, no puedo suspender los certificados."],
                "¿Cuál es su nombre completo?", "¿Cuál es su fecha de nacimiento?", "¿Cuál es su dirección?"),
            new(ScriptStep.Suspend, "Qué se suspende", [
                "Dejarán de funcionar los dos certificados de la tarjeta: el de firma y el de autenticación de usuario.",
                "No podrá usar la tarjeta para e-Tax y otras solicitudes en línea, para obtener certificados en las tiendas de conveniencia ni para acceder a servicios en línea."],
                "¿Desea que los suspenda ahora mismo?"),
            new(ScriptStep.Confirm, "Una vez suspendidos", [
                "Los certificados ya están suspendidos. La suspensión tiene efecto inmediato a cualquier hora, también de noche y en días festivos."]),
            new(ScriptStep.Police, "Denuncia a la policía", [
                "Denuncie la pérdida o el robo ante la policía y anote el número de la denuncia.",
                "Necesitará ese número en la ventanilla de su municipio para comunicar la pérdida o para solicitar una tarjeta nueva."]),
            new(ScriptStep.Found, "Si encuentra la tarjeta", [
                "La suspensión no se puede levantar por teléfono.",
                "Acuda en persona, con la tarjeta, a la ventanilla del municipio donde tiene registrada su residencia e introduzca allí su PIN.",
                "En algunos municipios el certificado de firma queda revocado; en ese caso no se levanta la suspensión, sino que se emite uno nuevo."]),
            new(ScriptStep.Enquiries, "Consultas", [
                "La pérdida o el robo se pueden comunicar las 24 horas del día, los 365 días del año.",
                $"Los números son {TollFree} y {Charged}; desde teléfonos IP, {IpTelephone}.",
                $"Las demás consultas se atienden de {Opens} a {ClosesOnWeekdays} los días laborables y de {Opens} a {ClosesOnWeekendsAndHolidays} los sábados, domingos y festivos.",
                "Del 29 de diciembre al 3 de enero no se atienden consultas."]),
        ],
        LineNames = ["Línea gratuita general de My Number", "Centro de llamadas de la tarjeta My Number", "Centro de llamadas de la tarjeta My Number (teléfonos IP)"],
        Questions = "Preguntas",
        OpenNow = "Líneas que atienden ahora",
        JapanTime = "hora de Japón",
        Number = "Número",
        Line = "Línea",
        LossReports = "Pérdida o robo",
        Enquiries = "Otras consultas",
        Open = "Abierta",
        Closed = "Cerrada",
        Languages = "Idiomas",
        TestNotice = "Este es un sistema de prueba. No es un servicio del Estado ni de un municipio.",
    };
}

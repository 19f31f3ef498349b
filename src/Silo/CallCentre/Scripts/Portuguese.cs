using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>ポルトガル語, as spoken in Brazil.</summary>
internal static class Portuguese
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "pt",
        Tag = "pt",
        OwnName = "Português",
        Title = "Perda ou roubo do cartão My Number",
        Lead = "Leia em voz alta desde o início. Espere a resposta a cada pergunta antes de continuar.",
        Parts =
        [
            new(ScriptStep.Greeting, "Para começar", [
                "Este é o atendimento para cartões My Number perdidos ou roubados. Funciona 24 horas por dia, 365 dias por ano.",
                "Durante a ligação, não me diga em momento algum a sua senha nem o seu My Number."]),
            new(ScriptStep.Identify, "Identificação", [
                "Para confirmar que o cartão é seu, responda conforme consta no seu registro de residente.",
                "Se as suas respostas não coincidirem com o registro, não poderei suspender os certificados."],
                "Qual é o seu nome completo?", "Qual é a sua data de nascimento?", "Qual é o seu endereço?"),
            new(ScriptStep.Suspend, "O que é suspenso", [
                "Os dois certificados do cartão deixarão de funcionar: o de assinatura e o de autenticação de usuário.",
                "Não será possível usar o cartão para o e-Tax e outros pedidos pela internet, para obter certidões em lojas de conveniência nem para acessar serviços pela internet."],
                "Posso suspender os certificados agora mesmo?"),
            new(ScriptStep.Confirm, "Depois da suspensão", [
                "Os certificados já estão suspensos. A suspensão vale imediatamente, a qualquer hora, também à noite e em feriados."]),
            new(ScriptStep.Police, "Comunicação à polícia", [
                "Comunique a perda ou o roubo à polícia e anote o número da ocorrência.",
                "Esse número será necessário no balcão do seu município para comunicar a perda ou para pedir um novo cartão."]),
            new(ScriptStep.Found, "Se encontrar o cartão", [
                "A suspensão não pode ser cancelada por telefone.",
                "Compareça pessoalmente, com o cartão, ao balcão do município onde o seu endereço está registrado e digite ali a sua senha.",
                "Em alguns municípios o certificado de assinatura é revogado; nesse caso, em vez de cancelar a suspensão, emite-se um novo."]),
            new(ScriptStep.Enquiries, "Dúvidas", [
                "A perda ou o roubo podem ser comunicados 24 horas por dia, 365 dias por ano.",
                $"Os números são {TollFree} e {Charged}; de telefones IP, {IpTelephone}.",
                $"Outras dúvidas são atendidas das {Opens} às {ClosesOnWeekdays} em dias úteis e das {Opens} às {ClosesOnWeekendsAndHolidays} aos sábados, domingos e feriados.",
                "De 29 de dezembro a 3 de janeiro não atendemos dúvidas."]),
        ],
        LineNames = ["Linha gratuita geral do My Number", "Central de atendimento do cartão My Number", "Central de atendimento do cartão My Number (telefones IP)"],
        Questions = "Perguntas",
        OpenNow = "Linhas que atendem agora",
        JapanTime = "horário do Japão",
        Number = "Número",
        Line = "Linha",
        LossReports = "Perda ou roubo",
        Enquiries = "Outras dúvidas",
        Open = "Aberta",
        Closed = "Fechada",
        Languages = "Idiomas",
        TestNotice = "Este é um sistema de teste. Não é um serviço do Estado nem de um município.",
    };
}

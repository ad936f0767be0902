"""Sign-in under the names allauth looks for, and the people's desk."""

from allauth.account.views import LogoutView, PasswordChangeView
from django.urls import include, path, reverse_lazy

from lumbung.portal.accounts import invitation_views, own_views, token_views, views

desk = [
    path("", views.people, name="people"),
    path("undang", invitation_views.invite, name="invite"),
    path("organisasi-baru", views.add_organisation, name="add_organisation"),
    path("<int:number>", views.person, name="person"),
    path("<int:number>/peran/<int:membership>/cabut", views.take_role, name="take_role"),
    path("<int:number>/undangan", invitation_views.renew, name="renew_invitation"),
    path("<int:number>/undangan/batalkan", invitation_views.revoke, name="revoke_invitation"),
    path("<int:number>/pengaman", invitation_views.lift_second_step, name="lift_second_step"),
    path("<int:number>/sesi", views.end_sessions, name="end_sessions"),
    path("permintaan/<int:number>", invitation_views.answer, name="answer"),
    path("<int:number>/sandi", views.reset_password, name="reset_password"),
    path("<int:number>/keaktifan", views.set_active, name="set_active"),
]

own = [
    path("", own_views.Account.as_view(), name="mfa_index"),
    path("ponsel", own_views.SetTelephone.as_view(), name="mfa_activate_totp"),
    path("ponsel/lepas", own_views.DropTelephone.as_view(), name="mfa_deactivate_totp"),
    path("kunci", own_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("kunci/<int:pk>/lepas", own_views.DropPasskey.as_view(), name="mfa_remove_webauthn"),
    path("cadangan", own_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("cadangan/baru", own_views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("pastikan/sandi", own_views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("pastikan/kode", own_views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("pastikan/kunci", own_views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sesi/<int:number>/akhiri", own_views.end_session, name="end_session"),
]

urlpatterns = [
    path("masuk", views.SignIn.as_view(), name="account_login"),
    path("masuk/kode", own_views.EnterCode.as_view(), name="mfa_authenticate"),
    path("undangan", invitation_views.accept, name="accept_invitation"),
    path("undangan/<str:token>", invitation_views.open_link, name="open_invitation"),
    path("keluar", LogoutView.as_view(template_name="accounts/sign_out.html"), name="account_logout"),
    path(
        "meja/sandi",
        PasswordChangeView.as_view(template_name="accounts/password.html", success_url=reverse_lazy("intake:desk")),
        name="account_change_password",
    ),
    path("meja/akun/", include(own)),
    path("meja/kunci-api", token_views.keys, name="tokens"),
    path("meja/kunci-api/<int:number>/cabut", token_views.revoke, name="revoke_token"),
    path("meja/orang/", include((desk, "accounts"))),
]

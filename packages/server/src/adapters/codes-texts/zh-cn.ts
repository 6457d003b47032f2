/** Same keys and placeholders as the English texts. */
export const zhCN = {
  sms: '【{app}】您的登录验证码是 {code}，{minutes} 分钟内有效，请勿告诉他人。',
  emailSubject: '{app} 登录验证码',
  emailLead: '请输入以下验证码登录 {app}：',
  emailValidity: '验证码 {minutes} 分钟内有效，请勿告诉他人。',
  emailIgnore: '如果不是您本人在登录，请忽略此邮件。',
  terminal: '{to} 的登录验证码（{app}）：{code}，{minutes} 分钟内有效',
} as const;
